package io.headwater.postgres;

import io.headwater.jdbc.SubscriptionRows;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.sql.SQLException;
import java.util.List;

/** The records of subscriptions, within the calls of others. */
final class PostgresRecords {
    private static final String CHANGE = "SELECT ${schema}.change_records_v1(?, ?, ?, ?) WHERE ${same_store}";
    private static final String CLEAR = "DELETE FROM ${schema}.records WHERE subscription = ? AND ${same_store}";

    /** The columns compare texts by their bytes in UTF-8, which is the order of code points. */
    private static final String LIST = """
            SELECT key, fields FROM ${schema}.records
            WHERE subscription = ? AND kind = ? AND key > ? AND ${same_store} ORDER BY key LIMIT ?""";

    private PostgresRecords() {}

    static void change(Session session, String subscription, List<RecordChange> changes) throws SQLException {
        RecordArrays records = new RecordArrays(session, changes);
        session.execute(CHANGE, subscription, records.kinds(), records.keys(), records.fields());
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
