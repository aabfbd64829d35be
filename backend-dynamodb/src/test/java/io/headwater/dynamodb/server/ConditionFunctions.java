package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that are conditions. Their names are case-sensitive. */
final class ConditionFunctions {
    static final Map<String, Integer> OPERANDS = Map.of(
            "attribute_exists",
            1,
            "attribute_not_exists",
            1,
            "attribute_type",
            2,
            "begins_with",
            2,
            "contains",
            2,
            "size",
            1);
    private static final Set<String> TYPES = Set.of("S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M");

    private final ConditionParser parser;

    ConditionFunctions(ConditionParser parser) {
        this.parser = parser;
    }

    Condition function(String name, List<Operand> operands) {
        Integer count = OPERANDS.get(name);
        if (count == null) {
            throw parser.unknown(name);
        }
        OperandChecks.count(parser, name, operands, count);
        Operand first = operands.get(0);
        return switch (name) {
            case "attribute_exists" -> new Condition.Exists(path(name, first));
            case "attribute_not_exists" -> new Condition.Not(new Condition.Exists(path(name, first)));
            case "attribute_type" -> new Condition.HasType(first, type(operands.get(1)));
            case "begins_with" -> beginsWith(first, operands.get(1));
            default -> contains(first, operands.get(1));
        };
    }

    private Path path(String name, Operand operand) {
        if (operand instanceof Operand.At at) {
            return at.path();
        }
        throw parser.invalid("Operator or function requires a document path; operator or function: " + name);
    }

    private String type(Operand operand) {
        if (!(operand instanceof Operand.Constant constant) || !(constant.value() instanceof Value.Text text)) {
            String type = ExpressionParser.typeOf(operand);
            throw OperandChecks.wrongType(
                    parser,
                    "operator or function: attribute_type",
                    type == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : type);
        }
        if (!TYPES.contains(text.text())) {
            throw parser.invalid("Invalid attribute type name found; type: " + text.text()
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
        return text.text();
    }

    private Condition beginsWith(Operand operand, Operand prefix) {
        for (Operand each : List.of(operand, prefix)) {
            String type = ExpressionParser.typeOf(each);
            if (type != null && !type.equals("S") && !type.equals("B")) {
                throw OperandChecks.wrongType(parser, "operator or function: begins_with", type);
            }
        }
        OperandChecks.distinct(parser, "begins_with", operand, prefix);
        return new Condition.BeginsWith(operand, prefix);
    }

    private Condition contains(Operand operand, Operand part) {
        OperandChecks.distinct(parser, "contains", operand, part);
        return new Condition.Contains(operand, part);
    }
}
