package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.log.LogTail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages that have an unfinished event, with the number and bytes of their events. Events that are handled ahead of an
 * unfinished one count as well: they are handled again after a crash, and the ledger keeps them until the checkpoint passes them.
 * For the dispatcher's task.
 */
final class ReadBuffer {
    private final Deque<Page> pages = new ArrayDeque<>();
    private long events;
    private long bytes;

    private record Page(List<RecordedEvent> events, long bytes) {
        Position end() {
            return events.get(events.size() - 1).position();
        }
    }

    /** Adds at least one event. All events come after those that were added before. */
    void add(List<RecordedEvent> read) {
        Page page = new Page(read, bytesOf(read));
        pages.add(page);
        events += read.size();
        bytes += page.bytes;
    }

    private static long bytesOf(List<RecordedEvent> read) {
        long sum = 0;
        for (RecordedEvent event : read) {
            sum += LogTail.bytes(event);
        }
        return sum;
    }

    /** Removes the pages that end at or before this position, because everything up to it is finished. */
    void finishedTo(Position position) {
        Page first = pages.peek();
        while (first != null && !first.end().isAfter(position)) {
            pages.remove();
            events -= first.events.size();
            bytes -= first.bytes;
            first = pages.peek();
        }
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the positions of all events behind this one, finished or not. */
    Stream<Position> after(Position position) {
        return pages.stream()
                .flatMap(page -> page.events.stream())
                .map(RecordedEvent::position)
                .filter(behind -> behind.isAfter(position));
    }
}
