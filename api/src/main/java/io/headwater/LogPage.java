package io.headwater;

import java.util.List;
import java.util.Optional;

/**
 * A page of the global log: events, and how far the log was scanned for them.
 *
 * <p>A page may be empty although there are more events, because a read with a filter scans a limited part of the log (G6).
 *
 * @param events in the order of reading
 * @param scannedTo how far the log was scanned. Forwards, every event up to this position that the filter accepts was
 *     returned, and no event will ever appear at or below it (G3), so a checkpoint may be saved here even if the page is
 *     empty. Backwards, every such event from this position on was returned
 * @param more whether the log may have more events in this direction
 */
public record LogPage(List<RecordedEvent> events, Position scannedTo, boolean more) {
    public LogPage {
        events = List.copyOf(events);
        ArgumentChecks.notNull(scannedTo, "scannedTo");
    }

    /** The position to read on from; empty if the end was reached. */
    public Optional<Position> next() {
        return more ? Optional.of(scannedTo) : Optional.empty();
    }
}
