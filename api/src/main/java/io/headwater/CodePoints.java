package io.headwater;

/**
 * Order of texts by code point, in which stores list what has a name. It is the order of the texts' UTF-8 bytes; {@link
 * String#compareTo} orders by UTF-16 unit, which differs beyond U+FFFF.
 */
public final class CodePoints {
    private CodePoints() {}

    /** Negative, zero or positive as the left text comes before, is, or comes after the right one. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for code points above every other UTF-16 unit. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
