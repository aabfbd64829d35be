package io.headwater.dynamodb;

import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A stream as its HEAD says. What else a decision asks for is read when it does. */
final class StoredStream implements StreamState {
    private final StreamHead head;
    private final Chunks chunks;
    private final OlderEmptied older;

    StoredStream(StreamHead head, Chunks chunks, OlderEmptied older) {
        this.head = head;
        this.chunks = chunks;
        this.older = older;
    }

    @Override
    public StreamBounds bounds() {
        return head.bounds();
    }

    @Override
    public List<Long> emptied() {
        List<Long> last = head.emptied().versions();
        return head.hasOlderEmptied()
                ? Stream.concat(older.of(head.stream()).stream(), last.stream()).toList()
                : last;
    }

    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        long last = afterVersion + count;
        List<StoredEvent> events = new ArrayList<>();
        long next = Math.max(afterVersion + 1, head.scavenged());
        while (next <= last) {
            List<Chunk> found =
                    chunks.forwards(head.stream(), next, last, head.bounds().version());
            if (found.isEmpty()) {
                return events;
            }
            for (Chunk chunk : found) {
                for (; next <= Math.min(last, chunk.last()); next++) {
                    events.add(chunk.stored(next));
                }
            }
        }
        return events;
    }

    @Override
    public List<RecentAppend> recent() {
        return head.recent();
    }
}
