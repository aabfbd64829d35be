package io.headwater.cli.ndjson;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Finds out by its first bytes whether an input is compressed. */
public final class Compression {
    private static final int BUFFER = 1 << 16;

    private Compression() {}

    /** The input, uncompressed. Throws {@link BrokenInput} if it is cut off within its first bytes. */
    public static InputStream uncompressed(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        if (!gzip) {
            return in;
        }
        try {
            return new GZIPInputStream(new Patient(in), BUFFER);
        } catch (IOException e) {
            throw new BrokenInput(1, e);
        }
    }

    /**
     * Says that there may be more. A pipe between two writes has nothing available, which {@link GZIPInputStream} would
     * take for the end of a file that consists of several compressed parts.
     */
    private static final class Patient extends FilterInputStream {
        Patient(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
