package io.headwater;

import java.nio.charset.StandardCharsets;

/** UTF-8 that refuses what it cannot store, where {@link String#getBytes} would put a question mark. */
final class Utf8 {
    private Utf8() {}

    static byte[] encode(String text, String what) {
        ArgumentChecks.that(
                isEncodable(text), () -> what + " has half of a surrogate pair, which no encoding can store");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether every surrogate stands in a pair. */
    static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isPaired(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPaired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
