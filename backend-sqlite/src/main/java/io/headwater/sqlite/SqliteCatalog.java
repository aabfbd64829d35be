package io.headwater.sqlite;

import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Lists streams and categories. The database compares text by its UTF-8 bytes, which is the order of code points. */
final class SqliteCatalog implements StreamCatalog {
    private static final String STREAMS = """
            SELECT name, version, first, tombstoned FROM streams
            WHERE name > ? AND name >= ? AND substr(name, 1, length(?)) = ?
            ORDER BY name LIMIT ?""";
    private static final String CATEGORIES = """
            SELECT c.name, count(*), sum(s.version - s.first + 1)
            FROM categories c JOIN streams s ON s.category_key = c.category_key
            GROUP BY c.category_key ORDER BY c.name""";

    private final Reads sessions;

    SqliteCatalog(Reads sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        String last = after.map(StreamId::value).orElse("");
        return sessions.read(
                session -> session.list(SqliteCatalog::stream, STREAMS, last, prefix, prefix, prefix, limit));
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
        return sessions.read(session ->
                session.list(row -> new CategoryInfo(row.getString(1), row.getLong(2), row.getLong(3)), CATEGORIES));
    }
}
