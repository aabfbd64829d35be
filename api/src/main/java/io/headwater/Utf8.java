package io.headwater;

import java.nio.charset.StandardCharsets;

/** UTF-8 that refuses what it cannot store, where {@link String#getBytes} would put a question mark. */
final class Utf8 {
    private Utf8() {}

    static byte[] encode(String text, String what) {
        Check.that(isEncodable(text), () -> what + " has half of a surrogate pair, which no encoding can store");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether every surrogate stands in a pair. */
    static boolean isEncodable(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
