package com.example.filestore;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.Direction;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import io.headwater.spi.support.Facets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An event store in one file, open in one process at a time. */
final class FileStore implements Backend {
    private final Storage storage;
    private final Clock clock;

    FileStore(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of(new Limits(1 << 20, 1000, 4 << 20, 100))
                .with(Support.NATIVE, Capability.MULTI_STREAM_APPEND, Capability.DIAGNOSTICS);
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        return storage.append(request, clock);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        return new ReadStream(storage).read(stream, direction, from, limit);
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return new ReadLog(storage).read(from, direction, filter, limit);
    }

    @Override
    public Position head() {
        return storage.read(Index::head);
    }

    @Override
    public String storeId() {
        return storage.id();
    }

    @Override
    public CheckpointStore checkpoints() {
        return storage.checkpoints.by(clock);
    }

    @Override
    public void close() {
        storage.release();
    }

    /** Within one process every append is known at once. */
    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return storage.wakeUps.register(wakeUp);
    }

    /** So readers do not have to poll often. */
    @Override
    public Duration pollInterval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return Facets.of(diagnostics()).find(type);
    }

    private Diagnostics diagnostics() {
        return () -> storage.read(index -> Map.of("streams", "" + index.streams(), "events", "" + index.log.size()));
    }
}
