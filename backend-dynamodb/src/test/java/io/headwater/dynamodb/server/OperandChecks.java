package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Set;

/** What can be said of operands before any item is looked at. */
final class OperandChecks {
    private static final Set<String> ORDERED = Set.of("S", "N", "B");

    private OperandChecks() {}

    static boolean count(ExpressionParser parser, String name, List<Operand> operands, int expected) {
        if (operands.size() != expected) {
            parser.report(
                    Problem.OPERAND_COUNT,
                    "Incorrect number of operands for operator or function; operator or function: " + name
                            + ", number of operands: " + operands.size());
            return false;
        }
        return true;
    }

    static void distinct(ExpressionParser parser, String operator, Operand first, Operand second) {
        if (first instanceof Operand.At && first.equals(second)) {
            parser.report(
                    Problem.NOT_DISTINCT,
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + first);
        }
    }

    static void comparison(ExpressionParser parser, Operand left, String operator, Operand right) {
        distinct(parser, operator, left, right);
        if (!operator.equals("=") && !operator.equals("<>")) {
            ordered(parser, operator, left);
            ordered(parser, operator, right);
        }
    }

    private static void ordered(ExpressionParser parser, String operator, Operand operand) {
        String type = ExpressionParser.typeOf(operand);
        if (type != null && !ORDERED.contains(type)) {
            wrongType(parser, "operator: " + operator, type);
        }
    }

    static void between(ExpressionParser parser, Operand operand, Operand lower, Operand upper) {
        List.of(operand, lower, upper).forEach(each -> ordered(parser, "BETWEEN", each));
        if (!(lower instanceof Operand.Constant low) || !(upper instanceof Operand.Constant high)) {
            return;
        }
        String operands = "lower bound operand: " + low + ", upper bound operand: " + high;
        if (!low.value().type().equals(high.value().type())) {
            parser.report(
                    Problem.OPERAND_TYPE,
                    "The BETWEEN operator requires same data type for lower and upper bounds; " + operands);
        } else if (Ordering.isOrdered(low.value()) && Ordering.compare(low.value(), high.value()) > 0) {
            parser.report(
                    Problem.OPERAND_TYPE,
                    "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                            + operands);
        }
    }

    static void wrongType(ExpressionParser parser, String operator, String type) {
        parser.report(
                Problem.OPERAND_TYPE,
                "Incorrect operand type for operator or function; " + operator + ", operand type: " + type);
    }
}
