package io.headwater.cli.ndjson;

import io.headwater.migration.InputLine;
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

    private final ByteSource in;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] kept = new byte[1024];
    private long length;
    private boolean whole;
    private boolean ended;
    private long number;

    /**
     * Reads lines from here.
     *
     * @param limit the most bytes of a line to keep
     */
    public LineReader(ByteSource in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The same, from an input that is always waited for. */
    public LineReader(InputStream in, int limit) {
        this(ByteSource.of(in), limit);
    }

    /**
     * The next line, null at the end. One that was cut off because the input was stopped is none. Throws {@link BrokenInput}
     * when the input cannot be read on.
     */
    public @Nullable InputLine next() throws BrokenInput {
        complete(true);
        boolean line = whole || (length > 0 && !in.isStopped());
        return line ? finish() : null;
    }

    /** Whether the next line is not whole, nor the end there, and nothing comes for a moment. */
    boolean pauses() throws BrokenInput {
        return !complete(false);
    }

    /** Reads on to the end of a line or of the input. Returns whether it is there. */
    private boolean complete(boolean wait) throws BrokenInput {
        while (!whole && !ended) {
            if (at == end && !fill(wait)) {
                return ended;
            }
            int stop = endOfLine();
            keep(stop);
            whole = stop < end;
            at = whole ? stop + 1 : stop;
        }
        return true;
    }

    private InputLine finish() {
        number++;
        int size = (int) Math.min(length, limit);
        int from = number == 1 && startsWithMark(size) ? BYTE_ORDER_MARK.length : 0;
        boolean carriageReturn = length <= limit && size > from && kept[size - 1] == '\r';
        byte[] bytes = Arrays.copyOfRange(kept, from, carriageReturn ? size - 1 : size);
        InputLine line = new InputLine(number, bytes, length <= limit ? bytes.length : length);
        length = 0;
        whole = false;
        return line;
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

    /** Whether there is something in the buffer now. */
    private boolean fill(boolean wait) throws BrokenInput {
        try {
            int count = in.read(buffer, wait);
            ended = count < 0;
            at = 0;
            end = Math.max(0, count);
            return count > 0;
        } catch (IOException e) {
            throw new BrokenInput(number + 1, e);
        }
    }
}
