package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is only read. Nothing watches it, as a watch would keep a connection; readers look at the end of the log now and
 * then.
 */
final class ReadOnlyBackend implements Backend {
    private final OpenFile open;
    private final String storeId;
    private final ReadOnlySessions sessions;
    private final Reads reads;
    private final ReadStream readStream;
    private final ReadLog readLog;
    private final CheckpointStore checkpoints;
    private final List<Object> facets;

    private ReadOnlyBackend(
            DatabaseFile file, OpenFile open, BackendContext context, ReadOnlySessions sessions, String storeId) {
        Writes refused = Writes.refused();
        this.open = open;
        this.storeId = storeId;
        this.sessions = sessions;
        SameStore same = new SameStore(storeId, file.path());
        reads = same.checking(sessions);
        readStream = new ReadStream(sessions, same);
        readLog = new ReadLog(reads);
        checkpoints = new SqliteCheckpoints(refused, reads, storeId, context.clock());
        facets = List.of(
                new AppendEvents(refused, context.clock()),
                new SqliteAdmin(refused),
                new SqliteScavenger(refused, reads),
                new SqliteSnapshots(refused, reads),
                new SqliteCatalog(reads),
                new SqliteDiagnostics(file, Map::of, reads));
    }

    static ReadOnlyBackend open(DatabaseFile file, OpenFile open, BackendContext context) {
        ReadOnlySessions sessions = new ReadOnlySessions(file, context.option(SqliteBackendProvider.READERS));
        boolean opened = false;
        try {
            String storeId = sessions.read(session -> SqliteSchema.check(file, session));
            ReadOnlyBackend backend = new ReadOnlyBackend(file, open, context, sessions, storeId);
            opened = true;
            return backend;
        } finally {
            if (!opened) {
                sessions.close();
            }
        }
    }

    @Override
    public Capabilities capabilities() {
        return SqliteBackend.CAPABILITIES;
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        throw UnsupportedCapability.readOnly();
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
    public <T> Optional<T> facet(Class<T> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        try {
            sessions.close();
        } finally {
            open.close();
        }
    }
}
