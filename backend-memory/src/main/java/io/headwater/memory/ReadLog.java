package io.headwater.memory;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend.LogReader;
import io.headwater.spi.support.LogPages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads pages of the log. Scans as much of it as it takes to fill a page. */
final class ReadLog implements LogReader {
    private final MemoryStorage storage;

    ReadLog(MemoryStorage storage) {
        this.storage = storage;
    }

    @Override
    public LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        return storage.read(
                () -> direction == Direction.FORWARDS ? forwards(from, filter, limit) : backwards(from, filter, limit));
    }

    private LogPage forwards(Position after, LogFilter filter, int limit) {
        Position head = storage.head();
        List<RecordedEvent> page = storage.log.subList(indexAfter(after), storage.log.size()).stream()
                .filter(filter::accepts)
                .limit(limit)
                .toList();
        return LogPages.forwards(page, page.size() == limit, later(after, head), head);
    }

    private LogPage backwards(Position before, LogFilter filter, int limit) {
        List<RecordedEvent> page = new ArrayList<>();
        for (int i = indexAfter(Positions.of(Math.max(0, Positions.number(before) - 1))) - 1;
                i >= 0 && page.size() < limit;
                i--) {
            RecordedEvent event = storage.log.get(i);
            if (filter.accepts(event)) {
                page.add(event);
            }
        }
        return LogPages.backwards(page, page.size() == limit, Position.START);
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    /** The index of the first event after this position, by binary search. */
    private int indexAfter(Position position) {
        int low = 0;
        int high = storage.log.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (storage.log.get(middle).position().isAfter(position)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public Position head() {
        return storage.read(storage::head);
    }

    /** The clock may go back, so the log is looked through from its beginning. */
    @Override
    public Position positionAt(Instant time) {
        return storage.read(() -> storage.log.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .findFirst()
                .map(event -> Positions.of(Positions.number(event.position()) - 1))
                .orElseGet(storage::head));
    }
}
