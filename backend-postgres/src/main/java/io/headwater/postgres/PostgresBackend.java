package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.Idempotency;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogVisibility;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An open store in a database. */
final class PostgresBackend implements Backend {
    /** An append that takes its time holds back those that began after it. */
    private static final LogVisibility VISIBILITY = LogVisibility.eventual(Duration.ofSeconds(1));

    private static final Limits LIMITS = new Limits(16 << 20, 10_000, 64 << 20, 1_000);

    private static final Capabilities CAPABILITIES = new Capabilities(Map.of(), Idempotency.RECENT, VISIBILITY, LIMITS)
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

    private final Database database;
    private final String storeId;
    private final LogHead head;
    private final AppendSignals signals;
    private final AppendEvents appendEvents;
    private final ReadStream readStream;
    private final ReadLog readLog;
    private final TimeMarks timeMarks;
    private final CheckpointStore checkpoints;
    private final PostgresHeldAppends heldAppends;
    private final List<Object> facets;

    private PostgresBackend(Database database, Connections connections, String storeId, boolean readOnly) {
        this.database = database;
        this.storeId = storeId;
        head = new LogHead(database);
        signals = new AppendSignals(database, connections, storeId, head);
        AppendBatch batch = new AppendBatch(database);
        appendEvents = new AppendEvents(database, batch, signals);
        readStream = new ReadStream(database);
        readLog = new ReadLog(database, head);
        timeMarks = new TimeMarks(database, head, readOnly);
        checkpoints = new PostgresCheckpoints(database, storeId);
        heldAppends = new PostgresHeldAppends(database, appendEvents);
        facets = new ArrayList<>(List.of(
                appendEvents,
                new PostgresAdmin(database),
                new PostgresScavenger(database, head),
                new PostgresSnapshots(database),
                new PostgresCatalog(database),
                new PostgresDiagnostics(database, head)));
        if (!readOnly) {
            facets.add(new OwnTransactions(database, LIMITS, storeId, signals));
            facets.add(heldAppends);
        }
    }

    /** Makes or checks the tables as this mode says. */
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
        return Positions.of(head.now());
    }

    @Override
    public Position lastDecided() {
        return Positions.of(head.lastDecided());
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public Position positionAt(Instant time) {
        return timeMarks.find(time);
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
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
    public <T> Optional<T> facet(Class<T> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        signals.close();
        heldAppends.close();
        database.close();
    }
}
