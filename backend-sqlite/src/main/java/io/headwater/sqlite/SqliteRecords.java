package io.headwater.sqlite;

import io.headwater.jdbc.JdbcCheckpoints.RecordStatements;
import io.headwater.spi.RecordChange;
import java.sql.SQLException;
import java.util.List;

/** The records of subscriptions, within the transactions of {@link SqliteCheckpoints}. */
final class SqliteRecords {
    private static final String PUT = """
            INSERT INTO records (subscription, kind, key, fields) VALUES (?, ?, ?, ?)
            ON CONFLICT (subscription, kind, key) DO UPDATE SET fields = excluded.fields""";
    private static final String REMOVE = "DELETE FROM records WHERE subscription = ? AND kind = ? AND key = ?";

    /** Texts are compared by their bytes in UTF-8, which is the order of code points. */
    static final RecordStatements STATEMENTS = new RecordStatements(
            "SELECT key, fields FROM records WHERE subscription = ? AND kind = ? AND key > ? ORDER BY key LIMIT ?",
            "DELETE FROM records WHERE subscription = ?");

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
}
