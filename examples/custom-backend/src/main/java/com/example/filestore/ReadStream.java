package com.example.filestore;

import io.headwater.Direction;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.stream.LongStream;

/** Reads a page of a stream. */
final class ReadStream {
    private final Storage storage;

    ReadStream(Storage storage) {
        this.storage = storage;
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        return storage.read(index -> {
            IndexedStream stream = index.stream(id);
            List<IndexedEvent> page = versions(direction, from, stream.version())
                    .limit(limit)
                    .mapToObj(version -> stream.events.get((int) version - 1))
                    .toList();
            return new StreamPage(stream.version(), 1, storage.events(page));
        });
    }

    private static LongStream versions(Direction direction, long from, long last) {
        return direction == Direction.FORWARDS
                ? LongStream.rangeClosed(Math.max(from, 1), last)
                : LongStream.iterate(Math.min(from, last), version -> version > 0, version -> version - 1);
    }
}
