package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Paths and values, and the errors, of all kinds of expressions. A subclass for each kind reads it by recursive descent. */
abstract class ExpressionParser {
    /** "Quotas in Amazon DynamoDB", expression parameters. */
    private static final int MAX_BYTES = 4096;

    private static final int MAX_OPERATORS = 300;
    private static final int MAX_DEPTH = 32;

    final String kind;
    final Placeholders placeholders;
    private final String expression;
    private final List<Token> tokens;
    private int position;
    private int operators;
    private final Map<Problem, String> problems = new EnumMap<>(Problem.class);
    private String localProblem;

    ExpressionParser(String kind, String expression, Placeholders placeholders) {
        this.kind = kind;
        this.expression = expression;
        this.placeholders = placeholders;
        this.tokens = Lexer.tokens(expression);
        if (expression.isBlank()) {
            throw invalid("The expression can not be empty;");
        }
        int bytes = Sizes.of(expression);
        if (bytes > MAX_BYTES) {
            throw invalid("Expression size has exceeded the maximum allowed size; expression size: " + bytes);
        }
    }

    final ServiceException invalid(String message) {
        return ServiceException.validation("Invalid " + kind + ": " + message);
    }

    /** To be reported at the end, unless the syntax is wrong, or another problem goes before it. */
    final void report(Problem kind, String message) {
        problems.putIfAbsent(kind, message);
    }

    /** Called behind each comparison and function that is a condition. */
    final void settle() {
        String first = problems.entrySet().stream()
                .filter(problem -> problem.getKey().isLocal())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        localProblem = localProblem == null ? first : localProblem;
        problems.keySet().removeIf(Problem::isLocal);
    }

    /** Called when all of the expression has been read. */
    final void checkProblems() {
        problems.values().stream().findFirst().ifPresent(message -> {
            throw invalid(message);
        });
        if (localProblem != null) {
            throw invalid(localProblem);
        }
    }

    /** Words that cannot stand for a name, apart from those that are reserved. */
    boolean isKeyword(Token token) {
        return false;
    }

    /** Stands for what could not be read. */
    static Operand.At unknown() {
        return new Operand.At(new Path(List.of(new Path.Name("?"))));
    }

    final Token peek() {
        return peek(0);
    }

    final Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    final int position() {
        return position;
    }

    final Token next() {
        Token token = peek();
        position++;
        return token;
    }

    final boolean skip(String symbol) {
        boolean found = peek().is(symbol);
        position += found ? 1 : 0;
        return found;
    }

    final boolean skipKeyword(String keyword) {
        boolean found = peek().isKeyword(keyword);
        position += found ? 1 : 0;
        return found;
    }

    final void expect(String symbol) {
        if (!skip(symbol)) {
            throw syntaxError();
        }
    }

    final void expectEnd() {
        if (peek().kind() != Token.Kind.END) {
            throw syntaxError();
        }
    }

    final void countOperator() {
        operators++;
        if (operators > MAX_OPERATORS) {
            throw invalid("The expression contains too many operators; operator count: " + operators);
        }
    }

    /** At the current token. The text near it reaches from the token before to the one after. */
    final ServiceException syntaxError() {
        Token token = peek();
        int start = position == 0 ? token.start() : tokens.get(position - 1).start();
        int end = peek(1).end();
        return invalid(
                "Syntax error; token: \"" + token.text() + "\", near: \"" + expression.substring(start, end) + "\"");
    }

    final boolean atPath() {
        Token.Kind first = peek().kind();
        return first == Token.Kind.WORD || first == Token.Kind.NAME_PLACEHOLDER;
    }

    final Path path() {
        List<Path.Step> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (skip(".")) {
                steps.add(name());
            } else if (skip("[")) {
                steps.add(index());
                expect("]");
            } else {
                checkDepth(steps.size());
                return new Path(List.copyOf(steps));
            }
        }
    }

    private void checkDepth(int levels) {
        if (levels > MAX_DEPTH) {
            throw invalid("The document path has too many nesting levels; nesting levels: " + levels);
        }
    }

    private Path.Name name() {
        if (!atPath() || isKeyword(peek())) {
            throw syntaxError();
        }
        Token token = next();
        if (token.kind() == Token.Kind.WORD) {
            if (ReservedWords.contains(token.text())) {
                report(
                        Problem.RESERVED_WORD,
                        "Attribute name is a reserved keyword; reserved keyword: " + token.text());
            }
            return new Path.Name(token.text());
        }
        String name = placeholders.name(token.text());
        if (name == null) {
            report(
                    Problem.NOT_DEFINED,
                    "An expression attribute name used in the document path is not defined; attribute name: "
                            + token.text());
            return new Path.Name(token.text());
        }
        return new Path.Name(name);
    }

    private Path.Index index() {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw syntaxError();
        }
        String digits = next().text();
        if (digits.length() > 9) {
            throw invalid("List index is not within the allowable range; index: [" + digits + "]");
        }
        return new Path.Index(Integer.parseInt(digits));
    }

    final Operand constant() {
        Token token = next();
        Value value = placeholders.value(token.text());
        if (value == null) {
            report(
                    Problem.NOT_DEFINED,
                    "An expression attribute value used in expression is not defined; attribute value: "
                            + token.text());
            return unknown();
        }
        return new Operand.Constant(value);
    }

    final boolean atFunction() {
        return peek().kind() == Token.Kind.WORD && peek(1).is("(");
    }

    /** A path or a value. */
    final Operand simpleOperand() {
        if (peek().kind() == Token.Kind.VALUE_PLACEHOLDER) {
            return constant();
        }
        if (atPath()) {
            return new Operand.At(path());
        }
        throw syntaxError();
    }

    /** The type in the protocol, where it is known before any item is looked at. */
    static String typeOf(Operand operand) {
        if (operand instanceof Operand.Constant constant) {
            return constant.value().type();
        }
        return operand instanceof Operand.SizeOf ? "N" : null;
    }
}
