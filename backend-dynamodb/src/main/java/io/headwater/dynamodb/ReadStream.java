package io.headwater.dynamodb;

import io.headwater.Direction;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import io.headwater.spi.support.StreamBounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads a page of a stream: its HEAD, then events up to the version that HEAD says. */
final class ReadStream {
    private final Heads heads;
    private final Chunks chunks;

    ReadStream(Log log) {
        this.heads = log.heads();
        this.chunks = log.chunks();
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        while (true) {
            StreamBounds bounds = heads.get(id).bounds();
            if (bounds.tombstoned()) {
                throw new StreamDeleted(id);
            }
            boolean forwards = direction == Direction.FORWARDS;
            long start = forwards ? Math.max(from, bounds.first()) : Math.min(from, bounds.version());
            if (start > bounds.version() || start < bounds.first()) {
                return new StreamPage(bounds.version(), bounds.first(), List.of());
            }
            List<RecordedEvent> events =
                    forwards ? forwards(id, bounds, start, limit) : backwards(id, bounds, start, limit);
            if (!events.isEmpty()) {
                return new StreamPage(bounds.version(), bounds.first(), events);
            }
        }
    }

    /** Empty if the events were scavenged meanwhile: then HEAD says so. */
    private List<RecordedEvent> forwards(StreamId id, StreamBounds bounds, long start, int limit) {
        long to = Math.min(bounds.version(), start - 1 + limit);
        return chunks.forwards(id, start, to, bounds.version()).stream()
                .flatMap(chunk -> chunk.recorded().stream())
                .filter(event -> event.version() >= start && event.version() <= to)
                .toList();
    }

    private List<RecordedEvent> backwards(StreamId id, StreamBounds bounds, long start, int limit) {
        long to = Math.max(bounds.first(), start + 1 - limit);
        List<RecordedEvent> events = new ArrayList<>();
        for (Chunk chunk : chunks.backwards(id, start, to, bounds.version())) {
            List<RecordedEvent> reversed = new ArrayList<>(chunk.recorded());
            Collections.reverse(reversed);
            events.addAll(reversed);
        }
        return events.stream()
                .filter(event -> event.version() <= start && event.version() >= to)
                .toList();
    }
}
