package io.headwater.dynamodb;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Idempotency;
import io.headwater.Limits;
import io.headwater.LogVisibility;
import io.headwater.Position;
import io.headwater.Support;
import io.headwater.spi.support.ComposedBackend;
import io.headwater.spi.support.Facets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** An open store in a table. */
final class DynamoBackend extends ComposedBackend {
    private static final LogVisibility VISIBILITY = LogVisibility.eventual(Duration.ofSeconds(10));
    static final Limits LIMITS = new Limits(390 << 10, 5_000, 3_800_000, 33);

    private static final Capabilities CAPABILITIES = new Capabilities(Map.of(), Idempotency.RECENT, VISIBILITY, LIMITS)
            .with(
                    Support.NATIVE,
                    Capability.MULTI_STREAM_APPEND,
                    Capability.STREAM_ADMIN,
                    Capability.SCAVENGE,
                    Capability.SNAPSHOTS,
                    Capability.BULK_IMPORT,
                    Capability.DIAGNOSTICS)
            .with(Support.EMULATED, Capability.STREAM_CATALOG, Capability.POSITION_AT_TIME);

    private final Log log;
    private final AppendSignals signals;
    private final DynamoHeldAppends heldAppends;
    private final Parts parts;

    private DynamoBackend(Log log, String storeId, boolean readOnly) {
        this.log = log;
        signals = new AppendSignals(log.decided());
        AppendGroups groups = new AppendGroups(log, signals::appended);
        AppendEvents appendEvents = new AppendEvents(log, groups, signals::appended);
        heldAppends = new DynamoHeldAppends(log, groups, signals::appended);
        DynamoCatalog catalog = new DynamoCatalog(log);
        Facets facets = Facets.of(
                appendEvents,
                new DynamoAdmin(log),
                new DynamoScavenger(log),
                new DynamoSnapshots(log.table(), log.keys()),
                catalog,
                new DynamoDiagnostics(log, catalog),
                new DynamoVerifier(log.table(), log.keys()));
        parts = new Parts(
                CAPABILITIES,
                storeId,
                appendEvents::append,
                new ReadStream(log)::read,
                new ReadLog(log),
                new DynamoCheckpoints(log.table(), log.keys(), log.clock(), storeId),
                readOnly ? facets : facets.and(heldAppends));
    }

    /** Makes or checks the table and the store as these settings say. */
    static DynamoBackend open(Table table, Keys keys, TableSettings settings, Clock clock, boolean readOnly) {
        boolean opened = false;
        try {
            String storeId = DynamoSchema.prepare(table, keys, settings);
            DynamoBackend backend = new DynamoBackend(Log.of(table, keys, clock, readOnly), storeId, readOnly);
            opened = true;
            return backend;
        } finally {
            if (!opened) {
                table.close();
            }
        }
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    @Override
    public Position lastDecided() {
        return Places.behind(log.decided().lastDecided());
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return signals.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return AppendSignals.POLL_INTERVAL;
    }

    @Override
    public void close() {
        signals.close();
        heldAppends.close();
        log.table().close();
    }
}
