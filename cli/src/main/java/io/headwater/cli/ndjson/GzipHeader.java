package io.headwater.cli.ndjson;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The header of a gzip member (RFC 1952, 2.3). Its content is not used, but all of it is checked. */
final class GzipHeader {
    static final int MAGIC_1 = 0x1F;
    static final int MAGIC_2 = 0x8B;

    private static final int DEFLATE = 8;
    private static final int HAS_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;
    private static final int TIME_FLAGS_SYSTEM = 6;

    private final GzipSource source;
    private final CRC32 checksum = new CRC32();

    private GzipHeader(GzipSource source) {
        this.source = source;
    }

    /** Reads the header at the current position of the source. */
    static void skip(GzipSource source) throws IOException {
        new GzipHeader(source).skip();
    }

    private void skip() throws IOException {
        require(next() == MAGIC_1 && next() == MAGIC_2, "data that is not gzip follows its end");
        require(next() == DEFLATE, "its compression method is unknown");
        int flags = next();
        require((flags & RESERVED) == 0, "its header has unknown flags");
        skip(TIME_FLAGS_SYSTEM);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        if ((flags & HAS_CHECKSUM) != 0) {
            int expected = (int) checksum.getValue() & 0xFFFF;
            require((next() | next() << 8) == expected, "its header has a wrong checksum");
        }
    }

    private static void require(boolean good, String problem) throws ZipException {
        if (!good) {
            throw new ZipException(problem);
        }
    }

    private int next() throws IOException {
        int b = source.next();
        checksum.update(b);
        return b;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText(boolean there) throws IOException {
        boolean more = there;
        while (more) {
            more = next() != 0;
        }
    }
}
