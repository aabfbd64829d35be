package io.headwater.cli.ndjson;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** Compressed bytes, of which an inflater takes more than belong to it. */
final class GzipSource {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    GzipSource(InputStream in) {
        this.in = in;
    }

    /** Whether there is nothing left. Waits for a pipe: that nothing is there yet is not the end. */
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

    /** Four bytes, the lowest first. */
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

    /** What the inflater was fed last and did not need is to be read again. */
    void takeBack(Inflater inflater) {
        at = end - inflater.getRemaining();
    }

    private void refuseEnd() throws IOException {
        if (isAtEnd()) {
            throw new EOFException();
        }
    }
}
