package io.headwater.postgres;

import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.AdminDecision;
import java.sql.SQLException;

/** Hides events. Removing them is for {@link PostgresScavenger}. */
final class PostgresAdmin implements StreamAdmin {
    private static final String HIDE = "UPDATE ${schema}.streams SET first = ? WHERE stream_key = ?";
    private static final String NOTE_EMPTY =
            "INSERT INTO ${schema}.emptied (stream_key, version) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String TOMBSTONE =
            "UPDATE ${schema}.streams SET first = version + 1, tombstoned = true WHERE stream_key = ?";
    private static final String TOMBSTONE_NEW =
            "INSERT INTO ${schema}.streams (name, category, version, tombstoned) VALUES (?, ?, 0, true)";

    private final Database database;

    PostgresAdmin(Database database) {
        this.database = database;
    }

    @Override
    public void delete(StreamId id, ExpectedVersion expected) {
        database.transaction(session -> {
            StoredStream stream = StoredStream.locked(session, id);
            AdminDecision.checkDelete(id, expected, stream);
            return hide(session, stream, stream.version() + 1);
        });
    }

    @Override
    public void truncateBefore(StreamId id, long version) {
        database.transaction(session -> {
            StoredStream stream = StoredStream.locked(session, id);
            AdminDecision.checkTruncate(id, stream);
            return hide(session, stream, Math.min(version, stream.version() + 1));
        });
    }

    /** Returns whether there was anything to hide. */
    private static boolean hide(Session session, StoredStream stream, long newFirst) throws SQLException {
        if (newFirst <= stream.first()) {
            return false;
        }
        session.update(HIDE, newFirst, stream.key());
        if (newFirst > stream.version()) {
            session.update(NOTE_EMPTY, stream.key(), stream.version());
        }
        return true;
    }

    /** A stream that others make at the same moment makes the insert fail, and the transaction begin again. */
    @Override
    public void tombstone(StreamId id, ExpectedVersion expected) {
        database.transaction(session -> {
            StoredStream stream = StoredStream.locked(session, id);
            AdminDecision.checkTombstone(id, expected, stream);
            return stream.hasRow()
                    ? session.update(TOMBSTONE, stream.key())
                    : session.update(TOMBSTONE_NEW, id.value(), id.category().orElse(null));
        });
    }
}
