package com.example.filestore;

import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream in the index, with what {@code AppendDecision} has to know of it. */
final class IndexedStream implements StreamState {
    /** The event with version n has the index n - 1. */
    final List<IndexedEvent> events = new ArrayList<>();

    /** The last version of each append. */
    private final Set<Long> ends = new HashSet<>(Set.of(0L));

    private byte @Nullable [] recent;

    /** Adds the events of one append. */
    void add(List<IndexedEvent> appended, boolean exact) {
        if (!exact) {
            recent = RecentAppends.with(recent, appended.get(0).id(), version(), appended.size());
        }
        events.addAll(appended);
        ends.add(version());
    }

    @Override
    public StreamBounds bounds() {
        return new StreamBounds(events.size(), 1, false);
    }

    @Override
    public List<Long> emptied() {
        return List.of();
    }

    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        return events.subList((int) afterVersion, (int) afterVersion + count).stream()
                .map(event -> new StoredEvent(
                        event.id(),
                        event.position(),
                        ends.contains(event.version() - 1),
                        ends.contains(event.version())))
                .toList();
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }
}
