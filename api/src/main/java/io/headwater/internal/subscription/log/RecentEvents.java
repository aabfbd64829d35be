package io.headwater.internal.subscription.log;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The last events of the log up to a position, in limited memory, as pages by position. Not thread-safe. */
final class RecentEvents {
    private static final int MAX_EVENTS = 8192;
    private static final long MAX_BYTES = 16 << 20;

    private final List<RecordedEvent> events = new ArrayList<>();
    private long bytes;

    /** All events after this position, up to {@code reached}, are in memory. */
    private Position lowWaterMark = Position.START;

    private Position reached = Position.START;

    /** Returns the size of an event's data and metadata. */
    static long bytes(RecordedEvent event) {
        return (long) event.data().size() + event.metadata().size();
    }

    /** Returns the position up to which the log was read. */
    Position reached() {
        return reached;
    }

    /** Removes all events, and continues at this position. */
    void startAt(Position position) {
        events.clear();
        bytes = 0;
        lowWaterMark = position;
        reached = position;
    }

    /** Adds a page, which has all events after {@link #reached}. */
    void add(LogPage page) {
        for (RecordedEvent event : page.events()) {
            events.add(event);
            bytes += bytes(event);
        }
        reached = page.scannedTo();
        dropOldest();
    }

    /** Removes the oldest half if there are too many events, so that each event is moved a limited number of times. */
    private void dropOldest() {
        while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
            List<RecordedEvent> oldest = events.subList(0, events.size() / 2);
            lowWaterMark = oldest.get(oldest.size() - 1).position();
            bytes -= oldest.stream().mapToLong(RecentEvents::bytes).sum();
            oldest.clear();
        }
    }

    /** Returns the next events that pass a filter. Empty if they are not in memory any more. */
    Optional<LogPage> read(Position after, Predicate<RecordedEvent> filter, int limit) {
        if (lowWaterMark.isAfter(after)) {
            return Optional.empty();
        }
        List<RecordedEvent> page = new ArrayList<>();
        for (int i = indexAfter(after); i < events.size(); i++) {
            RecordedEvent event = events.get(i);
            if (filter.test(event)) {
                page.add(event);
            }
            if (page.size() == limit) {
                return Optional.of(new LogPage(page, event.position(), reached.isAfter(event.position())));
            }
        }
        return Optional.of(new LogPage(page, reached.isAfter(after) ? reached : after, false));
    }

    private int indexAfter(Position position) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).position().isAfter(position)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
