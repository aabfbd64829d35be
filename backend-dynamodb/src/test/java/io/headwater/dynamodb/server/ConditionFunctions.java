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

    /** Stands for what could not be read. */
    private static final Condition NOTHING =
            new Condition.Exists(ExpressionParser.unknown().path());

    private final ConditionParser parser;

    ConditionFunctions(ConditionParser parser) {
        this.parser = parser;
    }

    Condition function(String name, List<Operand> operands) {
        Integer count = OPERANDS.get(name);
        if (count == null) {
            parser.report(Problem.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
            return NOTHING;
        }
        if (!OperandChecks.count(parser, name, operands, count) || count == 1 && name.equals("size")) {
            return NOTHING;
        }
        Operand first = operands.get(0);
        return switch (name) {
            case "attribute_exists" -> new Condition.Exists(path(name, first));
            case "attribute_not_exists" -> new Condition.Not(new Condition.Exists(path(name, first)));
            case "attribute_type" -> hasType(first, operands.get(1));
            case "begins_with" -> beginsWith(first, operands.get(1));
            default -> contains(first, operands.get(1));
        };
    }

    private Path path(String name, Operand operand) {
        if (operand instanceof Operand.At at) {
            return at.path();
        }
        parser.report(
                Problem.OPERAND_TYPE, "Operator or function requires a document path; operator or function: " + name);
        return ExpressionParser.unknown().path();
    }

    private String type(Operand operand) {
        if (!(operand instanceof Operand.Constant constant) || !(constant.value() instanceof Value.Text text)) {
            String type = ExpressionParser.typeOf(operand);
            OperandChecks.wrongType(
                    parser,
                    "operator or function: attribute_type",
                    type == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : type);
            return null;
        }
        if (!TYPES.contains(text.text())) {
            parser.report(
                    Problem.OPERAND_TYPE,
                    "Invalid attribute type name found; type: " + text.text()
                            + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
        return text.text();
    }

    private Condition hasType(Operand operand, Operand type) {
        OperandChecks.distinct(parser, "attribute_type", operand, type);
        return new Condition.HasType(operand, type(type));
    }

    private Condition beginsWith(Operand operand, Operand prefix) {
        for (Operand each : List.of(operand, prefix)) {
            String type = ExpressionParser.typeOf(each);
            if (type != null && !type.equals("S") && !type.equals("B")) {
                OperandChecks.wrongType(parser, "operator or function: begins_with", type);
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
