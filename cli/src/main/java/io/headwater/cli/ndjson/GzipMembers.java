package io.headwater.cli.ndjson;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The contents of a gzip file, which may have several members (RFC 1952, 2.2), as when files are concatenated.
 *
 * <p>{@link java.util.zip.GZIPInputStream} is not suitable: it takes anything that it cannot read after a member for
 * the end of the file, so that an incomplete or damaged file would be imported in part, without an error.
 */
final class GzipMembers extends InputStream {
    private final GzipSource source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean started;

    GzipMembers(InputStream in) {
        this.source = new GzipSource(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (length > 0) {
            if (!inMember && !begin()) {
                return -1;
            }
            int count = inflate(bytes, from, length);
            if (count > 0) {
                checksum.update(bytes, from, count);
                return count;
            }
            proceed();
        }
        return 0;
    }

    /** Begins the next member, if there is one. */
    private boolean begin() throws IOException {
        if (started && source.isAtEnd()) {
            return false;
        }
        started = true;
        GzipHeader.skip(source);
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    private int inflate(byte[] bytes, int from, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, from, length);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    private void proceed() throws IOException {
        if (inflater.finished()) {
            source.takeBack(inflater);
            checkTrailer();
            inMember = false;
        } else if (inflater.needsDictionary()) {
            throw new ZipException("it needs a dictionary");
        } else if (inflater.needsInput()) {
            source.feed(inflater);
        }
    }

    private void checkTrailer() throws IOException {
        boolean same = source.nextInt() == checksum.getValue();
        boolean whole = source.nextInt() == (inflater.getBytesWritten() & 0xFFFF_FFFFL);
        if (!same || !whole) {
            throw new ZipException("its checksum or length is wrong");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
