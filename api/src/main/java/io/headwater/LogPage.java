package io.headwater;

import java.util.List;
import java.util.Optional;

/**
 * Events of the global log, and how far the log was looked at for them.
 *
 * <p>A page may be empty although there is more: a filtered read scans a bounded part of the log at a time (G6).
 *
 * @param events in the order of reading
 * @param scannedTo forwards, everything up to here was looked at, so a checkpoint may move here even if nothing passed
 *     the filter, and no event will ever appear at or below it (G3); backwards, everything from here on
 * @param more whether the log may hold more that way
 */
public record LogPage(List<RecordedEvent> events, Position scannedTo, boolean more) {
    public LogPage {
        events = List.copyOf(events);
        ArgumentChecks.notNull(scannedTo, "scannedTo");
    }

    /** Where to read on from; empty when the end was reached. */
    public Optional<Position> next() {
        return more ? Optional.of(scannedTo) : Optional.empty();
    }
}
