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
import java.util.Optional;

/**
 * Reads a page of a stream: its HEAD, then events up to the version that HEAD says. A page from the beginning takes one query for
 * both, in which HEAD comes first; events that it shows beyond that version are left out.
 */
final class ReadStream {
    private static final long FIRST = StreamBounds.NONE.first();

    private final Heads heads;
    private final Chunks chunks;

    ReadStream(Log log) {
        this.heads = log.heads();
        this.chunks = log.chunks();
    }

    StreamPage read(StreamId id, Direction direction, long from, int limit) {
        boolean forwards = direction == Direction.FORWARDS;
        if (forwards && from <= FIRST && !heads.versions().isTruncated(id)) {
            Optional<StreamPage> page = beginning(id, limit);
            if (page.isPresent()) {
                return page.get();
            }
        }
        while (true) {
            StreamBounds bounds = heads.get(id).bounds();
            refuseIfTombstoned(id, bounds);
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

    private static void refuseIfTombstoned(StreamId id, StreamBounds bounds) {
        if (bounds.tombstoned()) {
            throw new StreamDeleted(id);
        }
    }

    /** With one request. Empty if the first events are hidden, or not seen yet. */
    private Optional<StreamPage> beginning(StreamId id, int limit) {
        Chunks.Beginning found = chunks.beginning(id, limit);
        StreamBounds bounds = found.head().bounds();
        refuseIfTombstoned(id, bounds);
        if (bounds.first() > bounds.version()) {
            return Optional.of(new StreamPage(bounds.version(), bounds.first(), List.of()));
        }
        if (bounds.first() > FIRST || found.chunks().isEmpty()) {
            return Optional.empty();
        }
        long to = Math.min(bounds.version(), limit);
        return Optional.of(new StreamPage(bounds.version(), bounds.first(), between(found.chunks(), FIRST, to)));
    }

    private static List<RecordedEvent> between(List<Chunk> chunks, long first, long last) {
        return chunks.stream()
                .flatMap(chunk -> chunk.recorded().stream())
                .filter(event -> event.version() >= first && event.version() <= last)
                .toList();
    }

    /** Empty if the events were scavenged meanwhile: then HEAD says so. */
    private List<RecordedEvent> forwards(StreamId id, StreamBounds bounds, long start, int limit) {
        long to = Math.min(bounds.version(), start - 1 + limit);
        return between(chunks.forwards(id, start, to, bounds.version()), start, to);
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
