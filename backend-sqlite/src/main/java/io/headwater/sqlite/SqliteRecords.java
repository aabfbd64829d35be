package io.headwater.sqlite;

import io.headwater.jdbc.SubscriptionRows;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.sql.SQLException;
import java.util.List;

/** The records of subscriptions, within the transactions of others. */
final class SqliteRecords {
    private static final String PUT = """
            INSERT INTO records (subscription, kind, key, fields) VALUES (?, ?, ?, ?)
            ON CONFLICT (subscription, kind, key) DO UPDATE SET fields = excluded.fields""";
    private static final String REMOVE = "DELETE FROM records WHERE subscription = ? AND kind = ? AND key = ?";
    private static final String CLEAR = "DELETE FROM records WHERE subscription = ?";

    /** Texts are compared by their bytes in UTF-8, which is the order of code points. */
    private static final String LIST = """
            SELECT key, fields FROM records WHERE subscription = ? AND kind = ? AND key > ? ORDER BY key LIMIT ?""";

    private SqliteRecords() {}

    static void change(Session session, String subscription, List<RecordChange> changes) throws SQLException {
        for (RecordChange change : changes) {
            if (change.fields().isPresent()) {
                byte[] fields = change.fields().get().encoded();
                session.update(PUT, subscription, change.kind(), change.key(), fields);
            } else {
                session.update(REMOVE, subscription, change.kind(), change.key());
            }
        }
    }

    static List<SubscriptionRecord> list(Session session, String subscription, String kind, String after, int limit)
            throws SQLException {
        return session.list(row -> SubscriptionRows.record(kind, row), LIST, subscription, kind, after, limit);
    }

    /** Removes all records of a subscription, and returns how many there were. */
    static int clear(Session session, String subscription) throws SQLException {
        return session.update(CLEAR, subscription);
    }
}
