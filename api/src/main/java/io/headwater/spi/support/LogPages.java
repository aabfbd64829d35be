package io.headwater.spi.support;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import java.util.List;

/**
 * Creates pages of the log: computes where a page ends, and whether there is more. For storage whose first position is
 * 1 or greater.
 */
public final class LogPages {
    /** Bytes of events after which a page SHOULD end, so that large events do not fill the reader's memory. */
    public static final long MAX_BYTES = 4 << 20;

    private LogPages() {}

    /**
     * Returns a page that was read forwards.
     *
     * @param full whether the page ended at its last event, because a limit was reached
     * @param scannedTo how far the log was scanned, if the page is not full; not before the position that it was read
     *     from
     * @param head the head of the log
     */
    public static LogPage forwards(List<RecordedEvent> events, boolean full, Position scannedTo, Position head) {
        Position end = full ? last(events) : scannedTo;
        return new LogPage(events, end, head.isAfter(end));
    }

    /**
     * Returns a page that was read backwards.
     *
     * @param full whether the page ended at its last event, because a limit was reached
     * @param scannedTo how far the log was scanned, if the page is not full; the first position of the log or
     *     {@link Position#START} if it was scanned to its beginning
     */
    public static LogPage backwards(List<RecordedEvent> events, boolean full, Position scannedTo) {
        Position end = full ? last(events) : scannedTo;
        boolean more = Positions.number(end) > 1;
        return new LogPage(events, more || full ? end : Position.START, more);
    }

    /** Returns the empty page for a forward read from a position at or beyond the head. */
    public static LogPage beyondHead(Position from) {
        return new LogPage(List.of(), from, false);
    }

    private static Position last(List<RecordedEvent> events) {
        return events.get(events.size() - 1).position();
    }
}
