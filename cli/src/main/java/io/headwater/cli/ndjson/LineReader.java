package io.headwater.cli.ndjson;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes, each held in memory only up to a limit: a file without line ends must not exhaust it. Ends of lines are
 * LF or CR LF; a byte order mark at the very beginning is not part of the first line.
 */
public final class LineReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] kept = new byte[1024];
    private long length;
    private long number;

    /**
     * Reads lines from here.
     *
     * @param limit the most bytes of a line to keep
     */
    public LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line, null at the end. Throws {@link BrokenInput} when the input cannot be read on. */
    public @Nullable InputLine next() throws BrokenInput {
        number++;
        length = 0;
        if (!fill()) {
            return null;
        }
        boolean ended = false;
        while (!ended && fill()) {
            int stop = endOfLine();
            keep(stop);
            ended = stop < end;
            at = ended ? stop + 1 : stop;
        }
        return line();
    }

    private InputLine line() {
        int size = (int) Math.min(length, limit);
        int from = number == 1 && startsWithMark(size) ? BYTE_ORDER_MARK.length : 0;
        boolean carriageReturn = length <= limit && size > from && kept[size - 1] == '\r';
        byte[] bytes = Arrays.copyOfRange(kept, from, carriageReturn ? size - 1 : size);
        return new InputLine(number, bytes, length <= limit ? bytes.length : length);
    }

    private boolean startsWithMark(int size) {
        int mark = BYTE_ORDER_MARK.length;
        return size >= mark && Arrays.equals(kept, 0, mark, BYTE_ORDER_MARK, 0, mark);
    }

    private int endOfLine() {
        int stop = at;
        while (stop < end && buffer[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private void keep(int stop) {
        int more = (int) Math.min(stop - at, Math.max(0, limit - length));
        int size = (int) Math.min(length, limit);
        if (kept.length < size + more) {
            kept = Arrays.copyOf(kept, Math.max(size + more, 2 * kept.length));
        }
        System.arraycopy(buffer, at, kept, size, more);
        length += stop - at;
    }

    private boolean fill() throws BrokenInput {
        if (at < end) {
            return true;
        }
        try {
            at = 0;
            end = in.read(buffer);
            return end > 0;
        } catch (IOException e) {
            throw new BrokenInput(number, e);
        }
    }
}
