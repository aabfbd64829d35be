package io.headwater.jdbc;

import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.spi.support.ValueCodes;
import java.util.Optional;

/**
 * The latest snapshot of each stream and name, in a table.
 *
 * @param save takes stream, name, version, content type and data; changes no row if a later version is there
 * @param load takes stream and name; gives version, content type and data
 * @param delete takes stream and name
 */
public record JdbcSnapshots(SqlCalls<?> calls, String save, String load, String delete) implements SnapshotStore {
    @Override
    public boolean save(Snapshot snapshot) {
        int saved = calls.write(session -> session.update(
                save,
                snapshot.stream().value(),
                snapshot.name(),
                snapshot.version(),
                ValueCodes.contentType(snapshot.data()),
                snapshot.data().bytes()));
        return saved > 0;
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        return calls.read(session -> session.first(
                row -> new Snapshot(stream, name, row.getLong(1), ValueCodes.payload(row.getInt(2), row.getBytes(3))),
                load,
                stream.value(),
                name));
    }

    @Override
    public void delete(StreamId stream, String name) {
        calls.write(session -> session.update(delete, stream.value(), name));
    }
}
