package io.headwater.dynamodb.server;

import java.util.Arrays;

/** Searches in byte strings. */
final class Bytes {
    private Bytes() {}

    /** The first place, up to {@code last}, at which {@code part} begins, or -1. */
    static int indexOf(byte[] bytes, byte[] part, int last) {
        for (int at = 0; at <= Math.min(last, bytes.length - part.length); at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
