package io.headwater.postgres;

import io.headwater.EventData;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.AppendDecision;
import io.headwater.spi.RecentAppends;
import io.headwater.spi.StreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A locked stream, and what a transaction has added to it so far without having written it. */
final class GrowingStream implements StreamState {
    private final StreamId id;
    private final StoredStream stored;
    private final List<Addition> additions = new ArrayList<>();
    private long version;
    private byte @Nullable [] recent;

    GrowingStream(StreamId id, StoredStream stored) {
        this.id = id;
        this.stored = stored;
        this.version = stored.version();
        this.recent = stored.recentBytes();
    }

    /** An append of this transaction. */
    private record Addition(long afterVersion, List<UUID> ids, Position last) {}

    void add(StreamWrite write, Position last) {
        List<UUID> ids = write.events().stream().map(EventData::id).toList();
        if (!AppendDecision.isExact(write.expected())) {
            recent = RecentAppends.with(recent, new RecentAppend(ids.get(0), version, ids.size()));
        }
        additions.add(new Addition(version, ids, last));
        version += ids.size();
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
        return !additions.isEmpty();
    }

    /** Whether its row was made for this transaction only, and holds nothing. */
    boolean isUnused() {
        return version == 0 && !stored.tombstoned();
    }

    byte @Nullable [] recentBytes() {
        return recent;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public boolean live() {
        return stored.first() <= version;
    }

    @Override
    public boolean tombstoned() {
        return stored.tombstoned();
    }

    @Override
    public List<Long> emptied() {
        return stored.emptied();
    }

    @Override
    public Optional<Position> find(long afterVersion, List<UUID> ids) {
        Optional<Addition> addition = additions.stream()
                .filter(added -> added.afterVersion == afterVersion && added.ids.equals(ids))
                .findFirst();
        return addition.isPresent() ? addition.map(Addition::last) : stored.find(afterVersion, ids);
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }
}
