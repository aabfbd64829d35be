package io.headwater.cli.ndjson;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks the encoding of text that the JSON parser skips, and therefore does not check. */
final class Utf8Validation {
    private Utf8Validation() {}

    static boolean isWellFormed(byte[] bytes) {
        return isAscii(bytes) || decodes(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
