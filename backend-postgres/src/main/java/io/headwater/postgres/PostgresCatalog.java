package io.headwater.postgres;

import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Lists streams and categories. The columns compare texts by their bytes in UTF-8, which is the order of code points. */
final class PostgresCatalog implements StreamCatalog {
    private static final String STREAMS = """
            SELECT name, version, first, tombstoned FROM ${schema}.streams
            WHERE name > ? AND name >= ? AND starts_with(name, ?) AND ${same_store}
            ORDER BY name LIMIT ?""";
    private static final String CATEGORIES = """
            SELECT category, count(*), sum(version - first + 1)::bigint FROM ${schema}.streams
            WHERE category IS NOT NULL AND ${same_store} GROUP BY category ORDER BY category""";

    private final Database database;

    PostgresCatalog(Database database) {
        this.database = database;
    }

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        String last = after.map(StreamId::value).orElse("");
        return database.read(session -> session.list(PostgresCatalog::stream, STREAMS, last, prefix, prefix, limit));
    }

    private static StreamInfo stream(ResultSet row) throws SQLException {
        long version = row.getLong(2);
        long first = row.getLong(3);
        State empty = row.getBoolean(4) ? State.TOMBSTONED : State.DELETED;
        return new StreamInfo(
                StreamId.of(row.getString(1)), version, version - first + 1, first <= version ? State.LIVE : empty);
    }

    @Override
    public List<CategoryInfo> categories() {
        return database.read(session ->
                session.list(row -> new CategoryInfo(row.getString(1), row.getLong(2), row.getLong(3)), CATEGORIES));
    }
}
