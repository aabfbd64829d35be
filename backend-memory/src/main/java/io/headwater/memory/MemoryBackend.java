package io.headwater.memory;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open memory store. Everything happens in the storage that it shares with the others of its name. */
final class MemoryBackend implements Backend {
    private static final Capabilities CAPABILITIES = Capabilities.of(new Limits(16 << 20, 10_000, 64 << 20, 1_000))
            .with(
                    Support.NATIVE,
                    Capability.MULTI_STREAM_APPEND,
                    Capability.STREAM_ADMIN,
                    Capability.SCAVENGE,
                    Capability.SNAPSHOTS,
                    Capability.STREAM_CATALOG,
                    Capability.POSITION_AT_TIME,
                    Capability.BULK_IMPORT,
                    Capability.DIAGNOSTICS);

    /** Every append tells its followers; they look all the same now and then. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final String name;
    private final MemoryStorage storage;
    private final CheckpointStore checkpoints;
    private final AppendEvents appendEvents;
    private final ReadStream readStream;
    private final ReadLog readLog;
    private final List<Object> facets;

    MemoryBackend(String name, MemoryStorage storage, Clock clock) {
        this.name = name;
        this.storage = storage;
        checkpoints = storage.checkpoints.by(clock);
        appendEvents = new AppendEvents(storage, clock);
        readStream = new ReadStream(storage);
        readLog = new ReadLog(storage);
        MemoryAdmin admin = new MemoryAdmin(storage);
        facets = List.of(appendEvents, admin, new MemorySnapshots(storage), new MemoryCatalog(storage), diagnostics());
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        return appendEvents.append(request);
    }

    @Override
    public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
        return readStream.read(stream, direction, from, limit);
    }

    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        return readLog.read(from, direction, filter, limit);
    }

    @Override
    public Position head() {
        return storage.read(storage::head);
    }

    @Override
    public Position positionAt(Instant time) {
        return readLog.positionAt(time);
    }

    @Override
    public String storeId() {
        return storage.id;
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return storage.wakeUps.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return POLL_INTERVAL;
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private Diagnostics diagnostics() {
        return () -> storage.read(() -> Map.of(
                "streams", Integer.toString(storage.streams.size()), "events", Integer.toString(storage.log.size())));
    }

    @Override
    public void close() {
        storage.release(name);
    }
}
