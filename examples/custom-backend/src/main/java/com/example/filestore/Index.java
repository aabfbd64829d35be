package com.example.filestore;

import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events and their places in the file, built from what {@link EventFormat} wrote. For one thread at a time. */
final class Index {
    /** The event at position n has the index n - 1. */
    final List<IndexedEvent> log = new ArrayList<>();

    private final Map<StreamId, IndexedStream> streams = new HashMap<>();

    /** Returns the stream, or a new one, which is not kept, if it does not exist. */
    IndexedStream stream(StreamId id) {
        return streams.getOrDefault(id, new IndexedStream());
    }

    int streams() {
        return streams.size();
    }

    Position head() {
        return Positions.of(log.size());
    }

    /** Adds an append whose bytes end at this place of the file. */
    void add(DataInputStream in, long end) throws IOException {
        Instant recordedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
        for (int writes = in.readInt(); writes > 0; writes--) {
            StreamId id = StreamId.of(in.readUTF());
            IndexedStream stream = streams.computeIfAbsent(id, absent -> new IndexedStream());
            boolean exact = in.readBoolean();
            int count = in.readInt();
            for (int i = 1; i <= count; i++) {
                log.add(event(in, end, id, stream.version() + i, recordedAt));
            }
            stream.add(log.subList(log.size() - count, log.size()), exact);
        }
    }

    private IndexedEvent event(DataInputStream in, long end, StreamId stream, long version, Instant recordedAt)
            throws IOException {
        int length = in.readInt();
        long offset = end - in.available();
        DataInputStream event = new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)));
        UUID id = new UUID(event.readLong(), event.readLong());
        Position position = Positions.of(log.size() + 1L);
        return new IndexedEvent(stream, version, position, id, event.readUTF(), recordedAt, offset, length);
    }
}
