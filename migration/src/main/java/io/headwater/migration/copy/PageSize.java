package io.headwater.migration.copy;

import io.headwater.spi.Change;
import io.headwater.spi.ChangePage;
import java.time.Duration;

/**
 * How many events to read and apply at once: twice as many while applying them is quick, half as many when it is slow, and never more
 * than fit into 8 MiB at the size of those before. Thread-safe.
 */
final class PageSize {
    static final int MAX_EVENTS = 10_000;

    private static final int MIN_EVENTS = 10;
    private static final int FIRST = 100;
    private static final long MAX_BYTES = 8 << 20;
    private static final Duration QUICK = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofSeconds(5);

    private int events = FIRST;
    private long eventBytes = MAX_BYTES / FIRST;

    synchronized int next() {
        return (int) Math.max(1, Math.min(events, MAX_BYTES / Math.max(1, eventBytes)));
    }

    synchronized void applied(Duration time) {
        if (time.compareTo(QUICK) < 0) {
            events = Math.min(MAX_EVENTS, 2 * events);
        } else if (time.compareTo(SLOW) > 0) {
            events = Math.max(MIN_EVENTS, events / 2);
        }
    }

    /** The largest event of a page counts: one page of small ones says little about the next. */
    synchronized void read(ChangePage page) {
        eventBytes = page.changes().stream()
                .filter(Change.Appended.class::isInstance)
                .flatMap(change -> ((Change.Appended) change).events().stream())
                .mapToLong(event -> event.toEventData().size())
                .max()
                .orElse(eventBytes);
    }
}
