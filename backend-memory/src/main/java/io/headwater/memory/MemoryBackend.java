package io.headwater.memory;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.Support;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.support.ComposedBackend;
import io.headwater.spi.support.DefaultLimits;
import io.headwater.spi.support.Facets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** An open memory store. Everything happens in the storage that it shares with the others of its name. */
final class MemoryBackend extends ComposedBackend {
    private static final Capabilities CAPABILITIES = Capabilities.of(DefaultLimits.OF_TRANSACTIONS)
            .with(
                    Support.NATIVE,
                    Capability.MULTI_STREAM_APPEND,
                    Capability.STREAM_ADMIN,
                    Capability.SCAVENGE,
                    Capability.SNAPSHOTS,
                    Capability.STREAM_CATALOG,
                    Capability.POSITION_AT_TIME,
                    Capability.BULK_IMPORT,
                    Capability.DIAGNOSTICS,
                    Capability.REPLICATION);

    /** Every append tells its followers; they look all the same now and then. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final String name;
    private final MemoryStorage storage;
    private final Parts parts;

    MemoryBackend(String name, MemoryStorage storage, Clock clock) {
        this.name = name;
        this.storage = storage;
        AppendEvents appendEvents = new AppendEvents(storage, clock);
        CheckpointStore checkpoints = storage.checkpoints.by(clock);
        parts = new Parts(
                CAPABILITIES,
                storage.id,
                appendEvents::append,
                new ReadStream(storage)::read,
                new ReadLog(storage),
                checkpoints,
                Facets.of(
                        appendEvents,
                        new MemoryAdmin(storage),
                        new MemorySnapshots(storage),
                        new MemoryCatalog(storage),
                        new MemoryReplication(storage, checkpoints),
                        diagnostics()));
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return storage.wakeUps.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return POLL_INTERVAL;
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
