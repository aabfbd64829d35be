package io.headwater.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An input that is read from its beginning to its end and counted, whatever kind of file it is. File streams of Java 17
 * ask for their position without need, which a pipe does not have.
 */
final class PipeInput extends InputStream {
    private final InputStream in;
    private final AtomicLong count = new AtomicLong();

    PipeInput(InputStream in) {
        this.in = in;
    }

    /** The number of bytes read so far. May be called from any thread. */
    long count() {
        return count.get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = readOn(bytes, from, length);
        count.addAndGet(Math.max(0, read));
        return read;
    }

    private int readOn(byte[] bytes, int from, int length) throws IOException {
        try {
            return in.read(bytes, from, length);
        } catch (IOException e) {
            throw "Bad file descriptor".equals(e.getMessage()) ? new IOException("the input is closed", e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
