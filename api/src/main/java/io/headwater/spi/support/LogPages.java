package io.headwater.spi.support;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import java.util.List;

/** Where a page of the log ends, and whether there is more. For storage whose first position is 1 or greater. */
public final class LogPages {
    /** Bytes of events after which a page SHOULD end, so that large events do not fill the reader's memory. */
    public static final long MAX_BYTES = 4 << 20;

    private LogPages() {}

    /**
     * A page forwards.
     *
     * @param full whether the page ended before {@code scannedTo}, at its last event
     * @param scannedTo how far the log was looked at, if the page is not full; not before the position from which it was read
     * @param head where the log ends
     */
    public static LogPage forwards(List<RecordedEvent> events, boolean full, Position scannedTo, Position head) {
        Position end = full ? last(events) : scannedTo;
        return new LogPage(events, end, head.isAfter(end));
    }

    /**
     * A page backwards.
     *
     * @param full whether the page ended before {@code scannedTo}, at its last event
     * @param scannedTo how far the log was looked at, if the page is not full; the first position of the log or {@link
     *     Position#START} for all of it
     */
    public static LogPage backwards(List<RecordedEvent> events, boolean full, Position scannedTo) {
        Position end = full ? last(events) : scannedTo;
        boolean more = Positions.number(end) > 1;
        return new LogPage(events, more || full ? end : Position.START, more);
    }

    /** An empty page forwards, from a position at or beyond the head. */
    public static LogPage beyondHead(Position from) {
        return new LogPage(List.of(), from, false);
    }

    private static Position last(List<RecordedEvent> events) {
        return events.get(events.size() - 1).position();
    }
}
