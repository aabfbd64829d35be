package io.headwater.memory;

import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.StreamState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A stream. Events before {@link #first} can no longer be read, but are still there until a scavenge (D4). */
final class MemoryStream implements StreamState {
    final StreamId id;
    final NavigableMap<Long, RecordedEvent> events = new TreeMap<>();

    /** The last version of each append, by its first. */
    private final Map<Long, Long> appends = new HashMap<>();

    private final List<Long> emptied = new ArrayList<>();
    private final Deque<RecentAppend> recent = new ArrayDeque<>();
    private long version;
    private long first = 1;
    private boolean tombstoned;

    MemoryStream(StreamId id) {
        this.id = id;
    }

    @Override
    public long version() {
        return version;
    }

    /** The lowest version that can be read; the next version when there is none. */
    long first() {
        return first;
    }

    @Override
    public boolean live() {
        return first <= version;
    }

    @Override
    public boolean tombstoned() {
        return tombstoned;
    }

    @Override
    public List<Long> emptied() {
        return emptied;
    }

    @Override
    public List<RecentAppend> recent() {
        return List.copyOf(recent);
    }

    @Override
    public Optional<Position> find(long afterVersion, List<UUID> ids) {
        long last = afterVersion + ids.size();
        boolean oneAppend = Objects.equals(appends.get(afterVersion + 1), last);
        List<RecordedEvent> found = oneAppend
                ? List.copyOf(events.subMap(afterVersion, false, last, true).values())
                : List.of();
        return found.stream().map(RecordedEvent::id).toList().equals(ids)
                ? Optional.of(found.get(found.size() - 1).position())
                : Optional.empty();
    }

    void add(RecordedEvent event) {
        version = event.version();
        events.put(version, event);
    }

    /** The events that were added after this version are one append. */
    void endAppend(long afterVersion) {
        appends.put(afterVersion + 1, version);
    }

    void remember(List<EventData> appended) {
        if (recent.size() == RecentAppend.REMEMBERED) {
            recent.removeFirst();
        }
        recent.addLast(new RecentAppend(appended.get(0).id(), version, appended.size()));
    }

    /** Hides the events before this version, as far as there are any. */
    void truncateBefore(long newFirst) {
        boolean wasLive = live();
        first = Math.max(first, Math.min(newFirst, version + 1));
        if (wasLive && !live()) {
            emptied.add(version);
        }
    }

    void tombstone() {
        truncateBefore(version + 1);
        tombstoned = true;
    }

    /** The events that are hidden. */
    NavigableMap<Long, RecordedEvent> hidden() {
        return events.headMap(first, false);
    }
}
