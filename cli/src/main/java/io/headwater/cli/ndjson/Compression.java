package io.headwater.cli.ndjson;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Determines by its first bytes whether an input is compressed. */
public final class Compression {
    private static final int BUFFER = 1 << 16;

    private Compression() {}

    /** The input, uncompressed. */
    public static InputStream uncompressed(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(2);
        boolean gzip = in.read() == GzipHeader.MAGIC_1 && in.read() == GzipHeader.MAGIC_2;
        in.reset();
        return gzip ? new GzipMembers(in) : in;
    }
}
