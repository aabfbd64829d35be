package io.headwater.esdb.server;

import java.text.Normalizer;
import java.util.function.Predicate;

/**
 * Whether a text begins with another as .NET compares by culture: canonically equivalent texts are equal, characters without weight
 * count for nothing, and a letter is not found without the accents that follow it.
 */
final class CulturePrefix implements Predicate<String> {
    private final String prefix;

    CulturePrefix(String prefix) {
        this.prefix = weighed(prefix);
    }

    @Override
    public boolean test(String text) {
        String whole = weighed(text);
        return whole.startsWith(prefix)
                && (whole.length() == prefix.length() || !combines(whole.codePointAt(prefix.length())));
    }

    private static String weighed(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder b = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(CulturePrefix::hasWeight)
                .forEach(b::appendCodePoint);
        return b.toString();
    }

    private static boolean hasWeight(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> false;
            case Character.CONTROL -> c >= '\t' && c <= '\r' || c == 0x85;
            default -> true;
        };
    }

    private static boolean combines(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
