package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.Limits;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.Support;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open file: one connection that writes, some that read. */
final class SqliteBackend implements Backend {
    static final Capabilities CAPABILITIES = Capabilities.of(new Limits(16 << 20, 10_000, 64 << 20, 1_000))
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

    /** The watch sees every append while it works; this is for when it does not. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final OpenFile open;
    private final FileGuard guard;
    private final NewEvents events;
    private final String storeId;
    private final GroupCommit writes;
    private final ReadSessions sessions;
    private final Reads reads;

    /** A connection that cannot write, to be closed last when no other must be. */
    private final Session reader;

    private final FileWatch watch;
    private final AppendEvents appendEvents;
    private final ReadStream readStream;
    private final ReadLog readLog;
    private final CheckpointStore checkpoints;
    private final SqliteHeldAppends heldAppends;
    private final SqliteBackup backup;
    private final List<Object> facets;

    private SqliteBackend(
            DatabaseFile file, OpenFile open, FileGuard guard, BackendContext context, String storeId, Session writer)
            throws SQLException {
        this.open = open;
        this.guard = guard;
        reader = reader(file);
        this.storeId = storeId;
        SameStore same = new SameStore(storeId, file.path());
        events = new NewEvents();
        watch = new FileWatch(file, events);
        WriteLock lock = new WriteLock(writer, file.busyTimeout());
        writes = new GroupCommit(guard, new GroupTransaction(writer, lock, guard, same), events::appended);
        sessions = new ReadSessions(file::connectReading, guard, context.option(SqliteBackendProvider.READERS));
        reads = same.checking(sessions);
        appendEvents = new AppendEvents(writes, context.clock());
        readStream = new ReadStream(sessions, same);
        readLog = new ReadLog(reads);
        checkpoints = new SqliteCheckpoints(writes, reads, storeId, context.clock());
        heldAppends = new SqliteHeldAppends(file, guard, appendEvents, events);
        backup = new SqliteBackup(file, guard, storeId);
        facets = List.of(
                appendEvents,
                heldAppends,
                new SqliteAdmin(writes),
                new SqliteScavenger(writes, reads),
                new SqliteSnapshots(writes, reads),
                new SqliteCatalog(reads),
                backup,
                new SqliteDiagnostics(file, this::facts, reads));
    }

    /** It uses the file once it has read. */
    private static Session reader(DatabaseFile file) throws SQLException {
        Session session = file.connectReading();
        try {
            ReadLog.head(session);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Looks at the log itself, as nothing watches it while there are no followers. */
    private Map<String, String> facts() {
        long before = events.announced();
        events.looked(before, Positions.number(readLog.head()));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("locks", guard.watchesLocks() ? "watched" : "not watched: this system does not show them");
        events.wentBack().ifPresent(told -> facts.put("log went back", told));
        return facts;
    }

    static SqliteBackend open(DatabaseFile file, OpenFile open, BackendContext context, String storeId) {
        return SqliteErrors.translating(() -> {
            Session writer = file.connect();
            try {
                ReadLog.head(writer);
                return new SqliteBackend(file, open, open.guard(file), context, storeId, writer);
            } catch (SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        });
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
        return readLog.head();
    }

    @Override
    public Position positionAt(Instant time) {
        return reads.read(session -> TimeMarks.find(session, time));
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public AutoCloseable onAppend(Runnable wakeUp) {
        return watch.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return POLL_INTERVAL;
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        watch.close();
        heldAppends.close();
        backup.close();
        try {
            closeConnections();
        } catch (SQLException e) {
            throw SqliteErrors.translate(e);
        } finally {
            open.close();
        }
    }

    /**
     * The last connection to close copies the write-ahead log into the file, and removes it. That must not be when others have
     * gone on without it.
     */
    private void closeConnections() throws SQLException {
        sessions.close();
        if (guard.isSound()) {
            reader.close();
            writes.close();
        } else {
            writes.close();
            reader.close();
        }
    }
}
