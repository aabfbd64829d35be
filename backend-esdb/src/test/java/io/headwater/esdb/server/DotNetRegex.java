package io.headwater.esdb.server;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions as .NET has them, run by Java's engine. Differences of syntax are translated or refused; .NET's own
 * constructs, such as balancing groups and subtraction of classes, are refused though .NET takes them.
 *
 * <p>.NET looks at UTF-16 units, Java at code points: surrogates become private-use characters, in patterns and in what they are
 * tried on, so that no two of them are taken for one character.
 */
final class DotNetRegex implements Predicate<String> {
    private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    private static final char FIRST_STAND_IN = '\ue000';
    private static final String STAND_INS = "\\ue000-\\ue7ff";

    private final Pattern pattern;

    private DotNetRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Throws PatternSyntaxException if .NET would refuse the pattern. */
    static DotNetRegex compile(String regex) {
        return new DotNetRegex(Pattern.compile(new Translation(regex).run(), FLAGS));
    }

    @Override
    public boolean test(String text) {
        return pattern.matcher(units(text)).find();
    }

    private static String units(String text) {
        StringBuilder b = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                b = b == null ? new StringBuilder(text) : b;
                b.setCharAt(i, unit(text.charAt(i)));
            }
        }
        return b == null ? text : b.toString();
    }

    private static char unit(char c) {
        return Character.isSurrogate(c) ? (char) (c - Character.MIN_SURROGATE + FIRST_STAND_IN) : c;
    }

    /** From .NET's syntax to Java's. */
    private static final class Translation {
        private static final String SAME_ESCAPES = "wWsSdDbBAzZG";
        private static final String OPTIONS = "imnsx-";

        private final String regex;
        private final StringBuilder java = new StringBuilder();
        private int at;

        /** Whether a quantifier would follow another one. */
        private boolean quantified;

        Translation(String regex) {
            this.regex = regex;
        }

        String run() {
            while (at < regex.length()) {
                step();
            }
            return java.toString();
        }

        private void step() {
            char c = regex.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '*', '+', '?', '{' -> quantifier(c);
                default -> literal(c);
            }
        }

        private void literal(char c) {
            java.append(unit(c));
            at++;
            quantified = false;
        }

        private void quantifier(char c) {
            int end = c == '{' ? endOfBraces() : at + 1;
            if (end < 0) {
                java.append("\\{");
                at++;
                quantified = false;
                return;
            }
            if (quantified) {
                throw refused("nested quantifier");
            }
            boolean lazy = end < regex.length() && regex.charAt(end) == '?';
            java.append(regex, at, lazy ? end + 1 : end);
            at = lazy ? end + 1 : end;
            quantified = true;
        }

        /** Behind {@code {n}}, {@code {n,}} or {@code {n,m}}; -1 if it is none of them, and so no quantifier. */
        private int endOfBraces() {
            int close = regex.indexOf('}', at);
            boolean counts = close > 0 && regex.substring(at, close + 1).matches("\\{\\d+(,\\d*)?}");
            return counts ? close + 1 : -1;
        }

        private void group() {
            quantified = false;
            if (regex.startsWith("(?#", at)) {
                int close = regex.indexOf(')', at);
                if (close < 0) {
                    throw refused("unterminated comment");
                }
                at = close + 1;
            } else if (regex.startsWith("(?", at)) {
                special();
            } else {
                java.append('(');
                at++;
            }
        }

        private void special() {
            String rest = regex.substring(at + 2, Math.min(regex.length(), at + 4));
            boolean named = rest.startsWith("<") && !rest.startsWith("<=") && !rest.startsWith("<!");
            if (named || rest.startsWith("'")) {
                name(rest.charAt(0) == '<' ? '>' : '\'');
            } else if (!rest.isEmpty() && ":=!><".indexOf(rest.charAt(0)) >= 0) {
                java.append("(?").append(rest.charAt(0));
                at += 3;
            } else {
                options();
            }
        }

        private void name(char close) {
            int end = regex.indexOf(close, at + 3);
            String name = end < 0 ? "" : regex.substring(at + 3, end);
            if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
                throw refused("group name");
            }
            java.append("(?<").append(name).append('>');
            at = end + 1;
        }

        private void options() {
            int end = at + 2;
            while (end < regex.length() && OPTIONS.indexOf(regex.charAt(end)) >= 0) {
                end++;
            }
            if (end == regex.length() || (regex.charAt(end) != ')' && regex.charAt(end) != ':') || end == at + 2) {
                throw refused("unrecognized grouping construct");
            }
            java.append(regex.substring(at, end).replace("n", "")).append(regex.charAt(end));
            at = end + 1;
        }

        private void characterClass() {
            quantified = false;
            java.append('[');
            at++;
            if (at < regex.length() && regex.charAt(at) == '^') {
                java.append('^');
                at++;
            }
            boolean first = true;
            while (at < regex.length() && (first || regex.charAt(at) != ']')) {
                member();
                first = false;
            }
            if (at == regex.length()) {
                throw refused("unterminated class");
            }
            java.append(']');
            at++;
        }

        private void member() {
            char c = regex.charAt(at);
            if (c == '\\') {
                escape(true);
            } else if (c == '[' || c == ']' || c == '&' || c == '^' || c == '#' || c == ' ') {
                java.append('\\').append(c);
                at++;
            } else {
                java.append(unit(c));
                at++;
            }
        }

        private void escape(boolean inClass) {
            quantified = false;
            if (at + 1 == regex.length()) {
                throw refused("illegal \\ at the end");
            }
            char c = regex.charAt(at + 1);
            at += 2;
            switch (c) {
                case 'u' -> hex(4);
                case 'x' -> hex(2);
                case 'v' -> java.append("\\x0b");
                case 'a', 'e', 'f', 'n', 'r', 't' -> java.append('\\').append(c);
                case 'p', 'P' -> category(c);
                default -> plain(c, inClass);
            }
        }

        private void plain(char c, boolean inClass) {
            if (inClass && c == 'b') {
                java.append("\\x08");
            } else if (SAME_ESCAPES.indexOf(c) >= 0 || Character.isDigit(c) || c == 'k' || c == 'c') {
                java.append('\\').append(c);
            } else if (c == '_' || Character.isLetter(c)) {
                throw refused("unrecognized escape sequence \\" + c);
            } else {
                java.append('\\').append(unit(c));
            }
        }

        private void hex(int digits) {
            String text = regex.substring(at, Math.min(regex.length(), at + digits));
            if (!text.matches("[0-9a-fA-F]{" + digits + "}")) {
                throw refused("insufficient hexadecimal digits");
            }
            java.append(String.format(Locale.ROOT, "\\u%04x", (int) unit((char) Integer.parseInt(text, 16))));
            at += digits;
        }

        private void category(char p) {
            int close = regex.startsWith("{", at) ? regex.indexOf('}', at) : -1;
            if (close < 0) {
                throw refused("malformed \\p{X}");
            }
            String name = regex.substring(at, close + 1);
            java.append(name.equals("{Cs}") ? "[" + (p == 'P' ? "^" : "") + STAND_INS + "]" : "\\" + p + name);
            at = close + 1;
        }

        private PatternSyntaxException refused(String why) {
            return new PatternSyntaxException(why, regex.substring(0, Math.min(regex.length(), 100)), at);
        }
    }
}
