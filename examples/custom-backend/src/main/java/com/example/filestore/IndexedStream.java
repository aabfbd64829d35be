package com.example.filestore;

import io.headwater.Position;
import io.headwater.spi.StreamState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A stream in the index, with what {@code AppendDecision} has to know of it. */
final class IndexedStream implements StreamState {
    /** The event with version n has the index n - 1. */
    final List<IndexedEvent> events = new ArrayList<>();

    /** The number of events of each append, by the version before it. */
    private final Map<Long, Integer> appends = new HashMap<>();

    private final Deque<RecentAppend> recent = new ArrayDeque<>();

    /** Adds the events of one append. */
    void add(List<IndexedEvent> appended, boolean exact) {
        appends.put(version(), appended.size());
        if (!exact) {
            if (recent.size() == RecentAppend.REMEMBERED) {
                recent.removeFirst();
            }
            recent.addLast(new RecentAppend(appended.get(0).id(), version(), appended.size()));
        }
        events.addAll(appended);
    }

    @Override
    public long version() {
        return events.size();
    }

    @Override
    public boolean live() {
        return !events.isEmpty();
    }

    @Override
    public boolean tombstoned() {
        return false;
    }

    @Override
    public List<Long> emptied() {
        return List.of();
    }

    @Override
    public Optional<Position> find(long afterVersion, List<UUID> ids) {
        if (appends.getOrDefault(afterVersion, 0) != ids.size()) {
            return Optional.empty();
        }
        List<IndexedEvent> found = events.subList((int) afterVersion, (int) afterVersion + ids.size());
        return found.stream().map(IndexedEvent::id).toList().equals(ids)
                ? Optional.of(found.get(found.size() - 1).position())
                : Optional.empty();
    }

    @Override
    public List<RecentAppend> recent() {
        return List.copyOf(recent);
    }
}
