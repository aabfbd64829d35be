package io.headwater.cli.ndjson;

import io.headwater.migration.InputLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bytes, and holds each in memory only up to a limit, so that a file without line ends cannot exhaust
 * it. Lines end with LF or CR LF; a byte order mark at the very beginning is not part of the first line.
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
     * Reads lines from this source.
     *
     * @param limit the maximum number of bytes of a line to keep
     */
    public LineReader(ByteSource in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Reads lines from an input that is always waited for. */
    public LineReader(InputStream in, int limit) {
        this(ByteSource.of(in), limit);
    }

    /**
     * The next line, or null at the end. A line that is incomplete because the input was stopped is not returned.
     * Throws {@link BrokenInput} if the input cannot be read further.
     */
    public @Nullable InputLine next() throws BrokenInput {
        complete(true);
        boolean line = whole || (length > 0 && !in.isStopped());
        return line ? finish() : null;
    }

    /** Whether the next line is incomplete, the end is not reached, and no bytes arrive for a moment. */
    boolean pauses() throws BrokenInput {
        return !complete(false);
    }

    /** Reads to the end of a line or of the input. Returns whether it was reached. */
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

    /** Whether the buffer has bytes. */
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
