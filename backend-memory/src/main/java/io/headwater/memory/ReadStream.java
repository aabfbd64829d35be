package io.headwater.memory;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.stream.Stream;

/** Reads a page of a stream. */
final class ReadStream {
    private final MemoryStorage storage;

    ReadStream(MemoryStorage storage) {
        this.storage = storage;
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        return storage.read(() -> {
            MemoryStream stream = storage.stream(id);
            if (stream.tombstoned()) {
                throw new StreamDeleted(id);
            }
            List<RecordedEvent> events = from(stream, direction, from)
                    .takeWhile(event -> event.version() >= stream.first())
                    .limit(limit)
                    .toList();
            return new StreamPage(stream.version(), stream.first(), events);
        });
    }

    private static Stream<RecordedEvent> from(MemoryStream stream, Direction direction, long version) {
        return (direction == Direction.FORWARDS
                        ? stream.events.tailMap(Math.max(version, stream.first()), true)
                        : stream.events.headMap(version, true).descendingMap())
                .values().stream();
    }
}
