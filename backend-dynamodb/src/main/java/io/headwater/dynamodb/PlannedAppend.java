package io.headwater.dynamodb;

import io.headwater.EventData;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * An append to a stream that is to be written.
 *
 * @param chunks the items for its events
 */
record PlannedAppend(StreamId stream, Chunk.Append append, List<Chunk> chunks) {
    /** What the attributes of a chunk beside its events take at most, its key included. */
    private static final int CHUNK_OVERHEAD = 2 << 10;

    /** What an event takes beside its own bytes, at most. */
    static final int EVENT_OVERHEAD = 40;

    private static final int MAX_EVENT_BYTES = ItemSize.MAX_ITEM - CHUNK_OVERHEAD;

    /**
     * Divides events into chunks.
     *
     * @param position the number of the position of the first
     */
    static PlannedAppend of(StreamId stream, Chunk.Append append, long position, List<EventData> events) {
        List<Chunk> chunks = new ArrayList<>();
        int begin = 0;
        while (begin < events.size()) {
            int end = end(events, begin);
            chunks.add(new Chunk(stream, append.first() + begin, append, position + begin, events.subList(begin, end)));
            begin = end;
        }
        return new PlannedAppend(stream, append, chunks);
    }

    private static int end(List<EventData> events, int begin) {
        long size = bytes(events.get(begin));
        int end = begin + 1;
        while (end < events.size() && size + bytes(events.get(end)) <= MAX_EVENT_BYTES) {
            size += bytes(events.get(end));
            end++;
        }
        return end;
    }

    private static long bytes(EventData event) {
        return event.size() + EVENT_OVERHEAD;
    }

    /** The number of the position of the last event. */
    long lastPosition() {
        return chunks.get(0).position() + append.count() - 1;
    }
}
