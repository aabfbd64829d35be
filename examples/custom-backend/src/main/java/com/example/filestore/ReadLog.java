package com.example.filestore;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.spi.Positions;
import io.headwater.spi.support.LogPages;
import java.util.List;
import java.util.stream.LongStream;

/** Reads a page of the log. The filter uses the index only. */
final class ReadLog {
    private final Storage storage;

    ReadLog(Storage storage) {
        this.storage = storage;
    }

    LogPage read(Position from, Direction direction, LogFilter filter, int limit) {
        return storage.read(index -> {
            List<IndexedEvent> found = positions(direction, Positions.number(from), index.log.size())
                    .mapToObj(position -> index.log.get((int) position - 1))
                    .filter(event -> filter.accepts(event.stream(), event.type()))
                    .limit(limit + 1L)
                    .toList();
            List<RecordedEvent> page = storage.events(found.subList(0, Math.min(limit, found.size())));
            boolean full = page.size() < found.size();
            return direction == Direction.FORWARDS
                    ? LogPages.forwards(page, full, later(from, index.head()), index.head())
                    : LogPages.backwards(page, full, Position.START);
        });
    }

    private static LongStream positions(Direction direction, long from, long last) {
        return direction == Direction.FORWARDS
                ? LongStream.rangeClosed(Math.min(from, last) + 1, last)
                : LongStream.iterate(Math.min(from - 1, last), position -> position > 0, position -> position - 1);
    }

    /** A reader may have come from beyond the head. */
    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }
}
