package io.headwater.sqlite;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Support;
import io.headwater.spi.BackendContext;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ComposedBackend;
import io.headwater.spi.support.DefaultLimits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An open file: one connection that writes, and several that read. */
final class SqliteBackend extends ComposedBackend {
    static final Capabilities CAPABILITIES = Capabilities.of(DefaultLimits.OF_TRANSACTIONS)
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

    /** Used while the watch does not work; otherwise the watch sees every append. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final OpenFile open;
    private final FileGuard guard;
    private final NewEvents events;
    private final GroupCommit writes;
    private final ReadSessions sessions;

    /** A connection that cannot write. It is closed last if no other connection may be. */
    private final Session reader;

    private final FileWatch watch;
    private final SqliteHeldAppends heldAppends;
    private final SqliteBackup backup;
    private final Parts parts;

    private SqliteBackend(
            DatabaseFile file, OpenFile open, FileGuard guard, BackendContext context, String storeId, Session writer)
            throws SQLException {
        this.open = open;
        this.guard = guard;
        reader = reader(file);
        SameStore same = new SameStore(storeId, file.path());
        events = new NewEvents();
        watch = new FileWatch(file, events);
        WriteLock lock = new WriteLock(writer, file.busyTimeout());
        writes = new GroupCommit(guard, new GroupTransaction(writer, lock, guard, same), events);
        sessions = new ReadSessions(file::connectReading, guard, context.option(SqliteBackendProvider.READERS));
        backup = new SqliteBackup(file, guard, storeId);
        FileParts shared = new FileParts(file, storeId, sessions, same, context.clock());
        AppendEvents appendEvents = new AppendEvents(writes, context.clock());
        heldAppends = new SqliteHeldAppends(file, guard, appendEvents, events);
        parts = shared.with(appendEvents, writes, () -> facts(shared.log()), heldAppends, backup);
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    /** A connection uses the file once it has read from it. */
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

    /** Reads the end of the log, which is not watched while there are no followers. */
    private Map<String, String> facts(ReadLog log) {
        long before = events.announced();
        events.looked(before, Positions.number(log.head()));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("locks", guard.watchesLocks() ? "watched" : "not watched: this system does not show them");
        watch.failure().ifPresent(why -> facts.put("watching failed, readers poll", why));
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
    public AutoCloseable onAppend(Runnable wakeUp) {
        return watch.register(wakeUp);
    }

    @Override
    public Duration pollInterval() {
        return POLL_INTERVAL;
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
     * The last connection that is closed copies the write-ahead log into the file, and removes it. This must not happen if
     * other processes have continued without it.
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
