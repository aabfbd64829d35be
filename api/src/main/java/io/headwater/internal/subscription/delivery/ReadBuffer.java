package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.log.LogTail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages that were read and hold something unfinished: how much that is, and which events. What is handled ahead of an event
 * that is not finished still counts: it comes again after a crash, and is in the ledger until the checkpoint passes it. For the
 * dispatcher's task.
 */
final class ReadBuffer {
    private final Deque<Page> pages = new ArrayDeque<>();
    private long events;
    private long bytes;

    /** Keeps the positions only, not the events. */
    private static final class Page {
        private final List<Position> positions;
        private final long bytes;

        Page(List<RecordedEvent> read) {
            positions = read.stream().map(RecordedEvent::position).toList();
            bytes = read.stream().mapToLong(LogTail::bytes).sum();
        }

        Position end() {
            return positions.get(positions.size() - 1);
        }
    }

    /** Adds events, at least one, that come after those that were added before. */
    void add(List<RecordedEvent> read) {
        Page page = new Page(read);
        pages.add(page);
        events += page.positions.size();
        bytes += page.bytes;
    }

    /** Everything up to here is finished. */
    void finishedTo(Position position) {
        Page first = pages.peek();
        while (first != null && !first.end().isAfter(position)) {
            pages.remove();
            events -= first.positions.size();
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

    /** The positions of those that lie behind this one, finished or not. */
    Stream<Position> after(Position position) {
        return pages.stream().flatMap(page -> page.positions.stream()).filter(behind -> behind.isAfter(position));
    }
}
