package io.headwater.cli.ndjson;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** Compressed bytes, of which an inflater takes more than it needs. */
final class GzipSource {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    GzipSource(InputStream in) {
        this.in = in;
    }

    /** Whether the end is reached. Waits for a pipe: a pause is not the end. */
    boolean isAtEnd() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at == end;
    }

    int next() throws IOException {
        refuseEnd();
        return buffer[at++] & 0xFF;
    }

    /** Reads four bytes, in little-endian order. */
    long nextInt() throws IOException {
        long low = next() | next() << 8;
        long high = next() | next() << 8;
        return high << 16 | low;
    }

    void feed(Inflater inflater) throws IOException {
        refuseEnd();
        inflater.setInput(buffer, at, end - at);
        at = end;
    }

    /** Returns bytes that the inflater took and did not need. */
    void takeBack(Inflater inflater) {
        at = end - inflater.getRemaining();
    }

    private void refuseEnd() throws IOException {
        if (isAtEnd()) {
            throw new EOFException();
        }
    }
}
