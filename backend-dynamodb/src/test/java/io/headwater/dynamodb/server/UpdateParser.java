package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Update expressions. */
final class UpdateParser extends ExpressionParser {
    private static final Set<String> KEYWORDS = Set.of("SET", "REMOVE", "ADD", "DELETE");

    private final Set<String> clauses = new HashSet<>();
    private final List<UpdateAction> actions = new ArrayList<>();

    private UpdateParser(String expression, Placeholders placeholders) {
        super("UpdateExpression", expression, placeholders);
    }

    static List<UpdateAction> parse(String expression, Placeholders placeholders) {
        UpdateParser parser = new UpdateParser(expression, placeholders);
        do {
            parser.clause();
        } while (parser.peek().kind() != Token.Kind.END);
        PathChecks.disjoint(
                parser, parser.actions.stream().map(UpdateAction::path).toList());
        parser.checkProblems();
        return List.copyOf(parser.actions);
    }

    @Override
    boolean isKeyword(Token token) {
        return KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private void clause() {
        String clause = peek().text().toUpperCase(Locale.ROOT);
        Supplier<UpdateAction> action = switch (clause) {
            case "SET" -> this::assignment;
            case "REMOVE" -> () -> new UpdateAction.Remove(path());
            case "ADD" -> this::addition;
            case "DELETE" -> this::subtraction;
            default -> throw syntaxError();
        };
        next();
        if (!clauses.add(clause)) {
            report(Problem.SECTION, "The \"" + clause + "\" section can only be used once in an update expression;");
        }
        do {
            countOperator();
            actions.add(action.get());
        } while (skip(","));
    }

    private UpdateAction assignment() {
        Path path = path();
        expect("=");
        Operand value = operand();
        boolean negative = peek().is("-");
        if (negative || peek().is("+")) {
            String operator = next().text();
            countOperator();
            Operand right = operand();
            number(operator, value);
            number(operator, right);
            value = new Operand.Sum(value, right, negative);
        }
        return new UpdateAction.Assign(path, value);
    }

    private void number(String operator, Operand operand) {
        String type = typeOf(operand);
        if (type != null && !type.equals("N")) {
            OperandChecks.wrongType(this, "operator or function: " + operator, type);
        }
    }

    private Operand operand() {
        if (skip("(")) {
            Operand operand = operand();
            expect(")");
            return operand;
        }
        return atFunction() ? function() : simpleOperand();
    }

    private Operand function() {
        countOperator();
        String name = next().text();
        List<Operand> operands = arguments();
        if (!name.equals("if_not_exists") && !name.equals("list_append")) {
            reportFunction(name);
            return unknown();
        }
        if (!OperandChecks.count(this, name, operands, 2)) {
            return unknown();
        }
        Operand first = operands.get(0);
        Operand second = operands.get(1);
        return name.equals("list_append") ? append(first, second) : ifNotExists(first, second);
    }

    private void reportFunction(String name) {
        if (ConditionFunctions.OPERANDS.containsKey(name)) {
            report(Problem.UNKNOWN_FUNCTION, "The function is not allowed in an update expression; function: " + name);
        } else {
            report(Problem.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
        }
    }

    private Operand append(Operand first, Operand second) {
        for (Operand operand : List.of(first, second)) {
            if (operand instanceof Operand.ListAppend) {
                report(
                        Problem.MISUSED_FUNCTION,
                        "The function is not allowed to be used this way in an expression; function: list_append");
            }
            String type = typeOf(operand);
            if (type != null && !type.equals("L")) {
                OperandChecks.wrongType(this, "operator or function: list_append", type);
            }
        }
        return new Operand.ListAppend(first, second);
    }

    private Operand ifNotExists(Operand first, Operand otherwise) {
        if (first instanceof Operand.At at) {
            return new Operand.IfNotExists(at.path(), otherwise);
        }
        report(
                Problem.OPERAND_TYPE,
                "Operator or function requires a document path; operator or function: if_not_exists");
        return unknown();
    }

    private List<Operand> arguments() {
        List<Operand> operands = new ArrayList<>();
        expect("(");
        do {
            operands.add(operand());
        } while (skip(","));
        expect(")");
        return operands;
    }

    private UpdateAction addition() {
        Path path = path();
        Value value = value();
        if (value != null && !(value instanceof Value.Num) && !(value instanceof Value.SetOf)) {
            wrongType("ADD", value);
        }
        return new UpdateAction.Add(path, value);
    }

    private UpdateAction subtraction() {
        Path path = path();
        Value value = value();
        if (value == null || value instanceof Value.SetOf) {
            return new UpdateAction.Subtract(path, (Value.SetOf) value);
        }
        wrongType("DELETE", value);
        return new UpdateAction.Remove(path);
    }

    /** Null if it is not defined. */
    private Value value() {
        if (peek().kind() != Token.Kind.VALUE_PLACEHOLDER) {
            throw syntaxError();
        }
        return constant() instanceof Operand.Constant constant ? constant.value() : null;
    }

    private void wrongType(String operator, Value value) {
        report(
                Problem.OPERAND_TYPE,
                "Incorrect operand type for operator or function; operator: " + operator + ", operand type: "
                        + TypeNames.of(value) + ", typeSet: ALLOWED_FOR_" + operator + "_OPERAND");
    }
}
