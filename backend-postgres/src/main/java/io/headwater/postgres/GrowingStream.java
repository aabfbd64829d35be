package io.headwater.postgres;

import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Change.Write;
import io.headwater.spi.Positions;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A locked stream, and what a transaction has added to it without writing it yet. */
final class GrowingStream implements StreamState {
    private final StreamId id;
    private final StoredStream stored;
    private final List<StoredEvent> added = new ArrayList<>();
    private StreamBounds bounds;
    private boolean grown;
    private byte @Nullable [] recent;

    GrowingStream(StreamId id, StoredStream stored) {
        this.id = id;
        this.stored = stored;
        this.bounds = stored.bounds();
        this.recent = stored.recentBytes();
    }

    void add(StreamWrite write, Position first) {
        recent = RecentAppends.after(recent, write, version());
        int last = write.events().size() - 1;
        for (int i = 0; i <= last; i++) {
            Position position = Positions.of(Positions.number(first) + i);
            added.add(new StoredEvent(write.events().get(i).id(), position, i == 0, i == last));
        }
        bounds = bounds.grown(write.events().size());
    }

    /** Adds what another store had as one append. */
    void add(Write write) {
        if (write.nonExact()) {
            recent = RecentAppends.with(
                    recent,
                    write.events().get(0).id(),
                    write.afterVersion(),
                    write.events().size());
        }
        bounds = bounds.grown(write.events().size());
        grown = true;
    }

    /** Takes over bounds that were written. */
    void bound(StreamBounds written) {
        bounds = written;
    }

    StreamId id() {
        return id;
    }

    long key() {
        return stored.key();
    }

    @Nullable
    String category() {
        return id.category().orElse(null);
    }

    boolean isWritten() {
        return grown || !added.isEmpty();
    }

    /** Whether its row was created for this transaction only, and has no events. */
    boolean isUnused() {
        return version() == 0 && !bounds.tombstoned();
    }

    byte @Nullable [] recentBytes() {
        return recent;
    }

    @Override
    public StreamBounds bounds() {
        return bounds;
    }

    @Override
    public List<Long> emptied() {
        return stored.emptied();
    }

    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        long end = afterVersion + count;
        List<StoredEvent> events = new ArrayList<>();
        if (afterVersion < stored.version()) {
            events.addAll(stored.events(afterVersion, (int) (Math.min(end, stored.version()) - afterVersion)));
        }
        if (end > stored.version()) {
            int from = (int) Math.max(0, afterVersion - stored.version());
            events.addAll(added.subList(from, (int) (end - stored.version())));
        }
        return events;
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }
}
