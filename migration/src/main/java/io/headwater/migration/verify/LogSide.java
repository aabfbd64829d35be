package io.headwater.migration.verify;

import io.headwater.RecordedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One of two logs that are compared, with a bounded look ahead. */
final class LogSide {
    private static final int MAX_EVENTS = 1000;
    private static final long MAX_BYTES = 8 << 20;

    private final Iterator<RecordedEvent> log;
    private final Deque<RecordedEvent> ahead = new ArrayDeque<>();
    private long bytes;

    LogSide(Iterator<RecordedEvent> log) {
        this.log = log;
    }

    /** The next event; null at the end. */
    @Nullable
    RecordedEvent peek() {
        if (ahead.isEmpty()) {
            read();
        }
        return ahead.peekFirst();
    }

    RecordedEvent take() {
        RecordedEvent event = ahead.removeFirst();
        bytes -= event.toEventData().size();
        return event;
    }

    /** How many events lie before this one, if it is among the next few; else -1. */
    int distanceTo(RecordedEvent wanted) {
        fill();
        int distance = 0;
        for (RecordedEvent event : ahead) {
            if (Place.of(event).equals(Place.of(wanted))) {
                return distance;
            }
            distance++;
        }
        return -1;
    }

    private void fill() {
        while (ahead.size() < MAX_EVENTS && bytes < MAX_BYTES && log.hasNext()) {
            read();
        }
    }

    private void read() {
        if (log.hasNext()) {
            RecordedEvent event = log.next();
            bytes += event.toEventData().size();
            ahead.addLast(event);
        }
    }
}
