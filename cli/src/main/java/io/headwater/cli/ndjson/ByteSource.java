package io.headwater.cli.ndjson;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that come as they come. Used by one thread at a time. */
public interface ByteSource {

    /**
     * Fills the buffer from its beginning.
     *
     * @param wait whether to block until something comes
     * @return how many bytes came, -1 at the end; 0 if nothing came for a moment, which is only so without {@code wait}
     */
    int read(byte[] buffer, boolean wait) throws IOException;

    /** Whether the end is not that of the input, but the reader was told to stop: what came last may be half a line. */
    boolean isStopped();

    /** An input that is always waited for. */
    static ByteSource of(InputStream in) {
        return new ByteSource() {
            @Override
            public int read(byte[] buffer, boolean wait) throws IOException {
                return in.read(buffer);
            }

            @Override
            public boolean isStopped() {
                return false;
            }
        };
    }
}
