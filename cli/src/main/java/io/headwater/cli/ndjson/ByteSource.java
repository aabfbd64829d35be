package io.headwater.cli.ndjson;

import java.io.IOException;
import java.io.InputStream;

/** A source of bytes that may arrive in parts. Used by one thread at a time. */
public interface ByteSource {

    /**
     * Fills the buffer from its beginning.
     *
     * @param wait whether to block until bytes arrive
     * @return the number of bytes, or -1 at the end; 0 if none arrived for a moment, which happens only without {@code
     *     wait}
     */
    int read(byte[] buffer, boolean wait) throws IOException;

    /** Whether the end was caused by a request to stop: the last bytes may then be an incomplete line. */
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
