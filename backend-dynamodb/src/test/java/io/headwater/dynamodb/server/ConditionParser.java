package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Condition, filter and key condition expressions. Operators bind as the page lists them: comparisons, NOT, AND, OR. */
final class ConditionParser extends ExpressionParser {
    private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
    private static final int MAX_CANDIDATES = 100;

    private ConditionParser(String kind, String expression, Placeholders placeholders) {
        super(kind, expression, placeholders);
    }

    static Condition parse(String kind, String expression, Placeholders placeholders) {
        ConditionParser parser = new ConditionParser(kind, expression, placeholders);
        Condition condition = parser.alternatives();
        parser.expectEnd();
        parser.checkProblems();
        return condition;
    }

    private Condition alternatives() {
        Condition condition = conjunction();
        while (skipKeyword("OR")) {
            countOperator();
            condition = new Condition.Or(condition, conjunction());
        }
        return condition;
    }

    private Condition conjunction() {
        Condition condition = negation();
        while (skipKeyword("AND")) {
            countOperator();
            condition = new Condition.And(condition, negation());
        }
        return condition;
    }

    private Condition negation() {
        if (skipKeyword("NOT")) {
            countOperator();
            return new Condition.Not(negation());
        }
        return single();
    }

    private Condition single() {
        if (peek().is("(") && !isOperator(peek(closing(0) + 1))) {
            return inParentheses();
        }
        Condition condition = comparisonOrFunction();
        settle();
        return condition;
    }

    private Condition comparisonOrFunction() {
        if (atFunction()) {
            return functionFirst();
        }
        return comparison(operand());
    }

    /** A condition, or the function size as the operand of one. */
    private Condition functionFirst() {
        String name = peek().text();
        boolean operand = isOperator(peek(1 + closing(1) + 1));
        if (operand) {
            return comparison(operand());
        }
        countOperator();
        next();
        List<Operand> operands = arguments();
        if (name.equals("size")) {
            misused(name);
        }
        return new ConditionFunctions(this).function(name, operands);
    }

    private Condition inParentheses() {
        boolean twice = peek(1).is("(") && 1 + closing(1) + 1 == closing(0);
        expect("(");
        if (twice) {
            report(Problem.PARENTHESES, "The expression has redundant parentheses;");
        }
        Condition condition = alternatives();
        expect(")");
        return condition;
    }

    /** How far from the parenthesis at {@code from} the one that closes it stands. */
    private int closing(int from) {
        int depth = 0;
        for (int ahead = from; peek(ahead).kind() != Token.Kind.END; ahead++) {
            depth += peek(ahead).is("(") ? 1 : peek(ahead).is(")") ? -1 : 0;
            if (depth == 0) {
                return ahead - from;
            }
        }
        return -1;
    }

    @Override
    boolean isKeyword(Token token) {
        return KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private static boolean isOperator(Token token) {
        return COMPARATORS.contains(token.text()) || token.isKeyword("BETWEEN") || token.isKeyword("IN");
    }

    private Condition comparison(Operand operand) {
        countOperator();
        if (skipKeyword("BETWEEN")) {
            return between(operand);
        }
        if (skipKeyword("IN")) {
            return in(operand);
        }
        if (!COMPARATORS.contains(peek().text())) {
            throw syntaxError();
        }
        String operator = next().text();
        Operand right = operand();
        OperandChecks.comparison(this, operand, operator, right);
        return new Condition.Comparison(operand, operator, right);
    }

    private Condition between(Operand operand) {
        Operand lower = operand();
        if (!skipKeyword("AND")) {
            throw syntaxError();
        }
        Operand upper = operand();
        OperandChecks.between(this, operand, lower, upper);
        return new Condition.Between(operand, lower, upper);
    }

    private Condition in(Operand operand) {
        if (!peek().is("(")) {
            throw syntaxError();
        }
        List<Operand> candidates = arguments();
        if (candidates.size() > MAX_CANDIDATES) {
            report(
                    Problem.OPERAND_COUNT,
                    "The IN operator is provided with too many operands; number of operands: " + candidates.size());
        }
        return new Condition.In(operand, candidates);
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

    private Operand operand() {
        if (skip("(")) {
            if (peek().is("(")) {
                report(Problem.PARENTHESES, "The expression has redundant parentheses;");
            }
            Operand operand = operand();
            expect(")");
            return operand;
        }
        return atFunction() ? sizeFunction() : simpleOperand();
    }

    private Operand sizeFunction() {
        String name = next().text();
        List<Operand> operands = arguments();
        if (!name.equals("size")) {
            misused(name);
            return unknown();
        }
        if (!OperandChecks.count(this, name, operands, 1)) {
            return unknown();
        }
        String type = typeOf(operands.get(0));
        if (type != null && Set.of("N", "BOOL", "NULL").contains(type)) {
            OperandChecks.wrongType(this, "operator or function: size", type);
        }
        return new Operand.SizeOf(operands.get(0));
    }

    private void misused(String name) {
        if (ConditionFunctions.OPERANDS.containsKey(name)) {
            report(
                    Problem.MISUSED_FUNCTION,
                    "The function is not allowed to be used this way in an expression; function: " + name);
        } else {
            report(Problem.UNKNOWN_FUNCTION, "Invalid function name; function: " + name);
        }
    }
}
