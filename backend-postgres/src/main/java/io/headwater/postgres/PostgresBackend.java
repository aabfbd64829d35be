package io.headwater.postgres;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Idempotency;
import io.headwater.LogVisibility;
import io.headwater.Position;
import io.headwater.Support;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend;
import io.headwater.spi.support.DefaultLimits;
import io.headwater.spi.support.Facets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** An open store in a database. */
final class PostgresBackend extends ComposedBackend {
    /** An append that takes long holds back those that began after it. */
    private static final LogVisibility VISIBILITY = LogVisibility.eventual(Duration.ofSeconds(1));

    private static final Capabilities CAPABILITIES = new Capabilities(
                    Map.of(), Idempotency.RECENT, VISIBILITY, DefaultLimits.OF_TRANSACTIONS)
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

    private final Database database;
    private final LogHead head;
    private final AppendSignals signals;
    private final PostgresHeldAppends heldAppends;
    private final Parts parts;

    private PostgresBackend(Database database, Connections connections, String storeId, boolean readOnly) {
        this.database = database;
        head = new LogHead(database);
        signals = new AppendSignals(database, connections, storeId);
        AppendEvents appendEvents = new AppendEvents(database, new AppendBatch(database), signals);
        heldAppends = new PostgresHeldAppends(database, appendEvents);
        PostgresCheckpoints checkpoints = new PostgresCheckpoints(database, storeId);
        Facets facets = Facets.of(
                appendEvents,
                new PostgresAdmin(database),
                new PostgresScavenger(database, head),
                PostgresFacets.snapshots(database),
                PostgresFacets.catalog(database),
                PostgresFacets.verifier(database),
                new PostgresReplication(database, head, checkpoints, signals),
                new PostgresDiagnostics(database, head, signals));
        parts = new Parts(
                CAPABILITIES,
                storeId,
                appendEvents::append,
                new ReadStream(database)::read,
                new ReadLog(database, head, new TimeMarks(database, head, readOnly)),
                checkpoints,
                readOnly ? facets : facets.and(ownTransactions(storeId), heldAppends));
    }

    private OwnTransactions ownTransactions(String storeId) {
        return new OwnTransactions(database, DefaultLimits.OF_TRANSACTIONS, storeId, signals);
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    /** Creates or checks the tables, as this mode says. */
    static PostgresBackend open(Connections connections, Namespace namespace, SchemaMode mode) {
        return open(connections, namespace, false, database -> PostgresSchema.prepare(database, mode));
    }

    /** Creates and changes nothing (L5). */
    static PostgresBackend openReadOnly(Connections connections, Namespace namespace) {
        return open(connections, namespace, true, PostgresSchema::check);
    }

    private static PostgresBackend open(
            Connections connections, Namespace namespace, boolean readOnly, Function<Database, String> storeIdOf) {
        Database database = new Database(connections, namespace);
        boolean opened = false;
        try {
            String storeId = storeIdOf.apply(database);
            namespace.isFor(storeId);
            PostgresBackend backend = new PostgresBackend(database, connections, storeId, readOnly);
            opened = true;
            return backend;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    @Override
    public Position lastDecided() {
        return Positions.of(head.lastDecided());
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return signals.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return signals.pollInterval();
    }

    @Override
    public void close() {
        signals.close();
        heldAppends.close();
        database.close();
    }
}
