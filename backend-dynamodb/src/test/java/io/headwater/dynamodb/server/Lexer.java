package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into tokens. */
final class Lexer {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<word>[A-Za-z][A-Za-z0-9_]*)|(?<name>#[A-Za-z0-9_]+)"
            + "|(?<value>:[A-Za-z0-9_]+)|(?<number>[0-9]+)|(?<symbol><>|<=|>=|[=<>()\\[\\],.+\\-])|(?<unknown>\\S))");
    private static final Map<String, Token.Kind> KINDS = Map.of(
            "word", Token.Kind.WORD,
            "name", Token.Kind.NAME_PLACEHOLDER,
            "value", Token.Kind.VALUE_PLACEHOLDER,
            "number", Token.Kind.NUMBER,
            "symbol", Token.Kind.SYMBOL,
            "unknown", Token.Kind.UNKNOWN);

    private Lexer() {}

    static List<Token> tokens(String expression) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.lookingAt()) {
            tokens.add(token(matcher));
            matcher.region(matcher.end(), expression.length());
        }
        tokens.add(new Token(Token.Kind.END, "<EOF>", expression.length(), expression.length()));
        return tokens;
    }

    private static Token token(Matcher matcher) {
        for (Map.Entry<String, Token.Kind> kind : KINDS.entrySet()) {
            String text = matcher.group(kind.getKey());
            if (text != null) {
                return new Token(kind.getValue(), text, matcher.start(kind.getKey()), matcher.end());
            }
        }
        throw new IllegalStateException("a token of no kind");
    }
}
