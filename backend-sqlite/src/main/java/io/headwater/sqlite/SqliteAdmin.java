package io.headwater.sqlite;

import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.AdminDecision;
import java.sql.SQLException;

/** Hides events. Removing them is for {@link SqliteScavenger}. */
final class SqliteAdmin implements StreamAdmin {
    private static final String HIDE = "UPDATE streams SET first = ? WHERE stream_key = ?";
    private static final String NOTE_EMPTY = "INSERT OR IGNORE INTO emptied (stream_key, version) VALUES (?, ?)";
    private static final String TOMBSTONE = """
            INSERT INTO streams (name, category_key, version, first, tombstoned) VALUES (?, ?, 0, 1, 1)
            ON CONFLICT (name) DO UPDATE SET first = version + 1, tombstoned = 1""";

    private final Writes writes;

    SqliteAdmin(Writes writes) {
        this.writes = writes;
    }

    @Override
    public void delete(StreamId id, ExpectedVersion expected) {
        writes.submit(transaction -> {
            StoredStream stream = StoredStream.find(transaction.session(), id);
            AdminDecision.checkDelete(id, expected, stream);
            return hide(transaction.session(), stream, stream.version() + 1);
        });
    }

    @Override
    public void truncateBefore(StreamId id, long version) {
        writes.submit(transaction -> {
            StoredStream stream = StoredStream.find(transaction.session(), id);
            AdminDecision.checkTruncate(id, stream);
            return hide(transaction.session(), stream, Math.min(version, stream.version() + 1));
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

    @Override
    public void tombstone(StreamId id, ExpectedVersion expected) {
        writes.submit(transaction -> {
            Session session = transaction.session();
            AdminDecision.checkTombstone(id, expected, StoredStream.find(session, id));
            Long categoryKey = id.category().isPresent()
                    ? Categories.key(session, id.category().get())
                    : null;
            return session.update(TOMBSTONE, id.value(), categoryKey);
        });
    }
}
