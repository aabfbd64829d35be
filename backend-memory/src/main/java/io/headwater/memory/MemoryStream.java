package io.headwater.memory;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Change.Write;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream. Events before {@link #first} can no longer be read, but are still there until a scavenge (D4). */
final class MemoryStream implements StreamState {
    final StreamId id;
    final NavigableMap<Long, RecordedEvent> events = new TreeMap<>();

    /** The first version of each append. */
    private final Set<Long> begins = new HashSet<>();

    /** The last version of each append. */
    private final Set<Long> ends = new HashSet<>();

    private final List<Long> emptied = new ArrayList<>();
    private StreamBounds bounds = StreamBounds.NONE;
    private byte @Nullable [] recent;

    MemoryStream(StreamId id) {
        this.id = id;
    }

    @Override
    public StreamBounds bounds() {
        return bounds;
    }

    /** The lowest version that can be read; the next version when there is none. */
    long first() {
        return bounds.first();
    }

    @Override
    public List<Long> emptied() {
        return emptied;
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }

    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        return events.subMap(afterVersion, false, afterVersion + count, true).values().stream()
                .map(event -> new StoredEvent(
                        event.id(), event.position(), begins.contains(event.version()), ends.contains(event.version())))
                .toList();
    }

    /** Adds an append, or what it wrote to this stream. */
    void add(Write write) {
        List<RecordedEvent> added = write.events();
        if (write.nonExact()) {
            recent = RecentAppends.with(recent, added.get(0).id(), version(), added.size());
        }
        begins.add(version() + 1);
        ends.add(version() + added.size());
        bounds = bounds.grown(added.size());
        added.forEach(event -> events.put(event.version(), event));
    }

    /** Changes which events can be read, and notes it if there are none since. */
    void move(NewBounds change) {
        bounds = change.after();
        if (change.empties()) {
            emptied.add(version());
        }
    }

    /** The events that are hidden. */
    NavigableMap<Long, RecordedEvent> hidden() {
        return events.headMap(first(), false);
    }
}
