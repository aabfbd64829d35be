package io.headwater.postgres;

import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import java.util.Optional;

/** The latest snapshot of each stream and name. */
final class PostgresSnapshots implements SnapshotStore {
    private static final String SAVE = """
            INSERT INTO ${schema}.snapshots AS s (stream, name, version, content, data) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, name) DO UPDATE
            SET version = excluded.version, content = excluded.content, data = excluded.data
            WHERE excluded.version > s.version AND ${same_store}""";
    private static final String LOAD =
            "SELECT version, content, data FROM ${schema}.snapshots WHERE stream = ? AND name = ? AND ${same_store}";
    private static final String DELETE =
            "DELETE FROM ${schema}.snapshots WHERE stream = ? AND name = ? AND ${same_store}";

    private final Database database;

    PostgresSnapshots(Database database) {
        this.database = database;
    }

    @Override
    public boolean save(Snapshot snapshot) {
        int saved = database.write(session -> session.update(
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
        return database.read(session -> session.first(
                row -> new Snapshot(stream, name, row.getLong(1), EventRow.payload(row.getInt(2), row.getBytes(3))),
                LOAD,
                stream.value(),
                name));
    }

    @Override
    public void delete(StreamId stream, String name) {
        database.write(session -> session.update(DELETE, stream.value(), name));
    }
}
