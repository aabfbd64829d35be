package io.headwater;

/**
 * Compares texts by code points, which is the order in which stores list names. It is the order of their bytes in UTF-8.
 * {@link String#compareTo} compares UTF-16 code units instead, and differs for characters beyond U+FFFF.
 */
public final class CodePoints {
    private CodePoints() {}

    /** Negative, zero or positive if the left text is less than, equal to or greater than the right one. */
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
