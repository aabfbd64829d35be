package io.headwater.memory;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
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

    /** The events that are added next are one append. */
    void beginAppend(StreamWrite write) {
        recent = RecentAppends.after(recent, write, version());
        begins.add(version() + 1);
        ends.add(version() + write.events().size());
    }

    void add(RecordedEvent event) {
        bounds = bounds.grown(1);
        events.put(event.version(), event);
    }

    /** Hides the events before this version, as far as there are any. */
    void truncateBefore(long newFirst) {
        boolean wasLive = live();
        bounds = bounds.truncatedBefore(newFirst);
        if (wasLive && !live()) {
            emptied.add(version());
        }
    }

    void tombstone() {
        truncateBefore(version() + 1);
        bounds = new StreamBounds(version(), first(), true);
    }

    /** The events that are hidden. */
    NavigableMap<Long, RecordedEvent> hidden() {
        return events.headMap(first(), false);
    }
}
