package io.headwater.sqlite;

import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import java.util.Optional;

/** The latest snapshot of each stream and name. */
final class SqliteSnapshots implements SnapshotStore {
    private static final String SAVE = """
            INSERT INTO snapshots (stream, name, version, content, data) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, name) DO UPDATE
            SET version = excluded.version, content = excluded.content, data = excluded.data
            WHERE excluded.version > version""";
    private static final String LOAD = "SELECT version, content, data FROM snapshots WHERE stream = ? AND name = ?";
    private static final String DELETE = "DELETE FROM snapshots WHERE stream = ? AND name = ?";

    private final Writes writes;
    private final Reads sessions;

    SqliteSnapshots(Writes writes, Reads sessions) {
        this.writes = writes;
        this.sessions = sessions;
    }

    @Override
    public boolean save(Snapshot snapshot) {
        int saved = writes.submit(transaction -> transaction
                .session()
                .update(
                        SAVE,
                        snapshot.stream().value(),
                        snapshot.name(),
                        snapshot.version(),
                        EventRow.content(snapshot.data()),
                        snapshot.data().bytes()));
        return saved > 0;
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        return sessions.read(session -> session.first(
                row -> new Snapshot(stream, name, row.getLong(1), EventRow.payload(row.getInt(2), row.getBytes(3))),
                LOAD,
                stream.value(),
                name));
    }

    @Override
    public void delete(StreamId stream, String name) {
        writes.submit(transaction -> transaction.session().update(DELETE, stream.value(), name));
    }
}
