package io.headwater.sqlite;

import io.headwater.SnapshotStore;
import io.headwater.StoreVerifier;
import io.headwater.StreamCatalog;
import io.headwater.jdbc.JdbcCatalog;
import io.headwater.jdbc.JdbcSnapshots;
import io.headwater.jdbc.JdbcVerifier;
import io.headwater.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.List;

/** The SQL of facets for which the backends over JDBC share the code. */
final class SqliteFacets {
    private static final String SAVE = """
            INSERT INTO snapshots (stream, name, version, content, data) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, name) DO UPDATE
            SET version = excluded.version, content = excluded.content, data = excluded.data
            WHERE excluded.version > version""";
    private static final String LOAD = "SELECT version, content, data FROM snapshots WHERE stream = ? AND name = ?";
    private static final String DELETE = "DELETE FROM snapshots WHERE stream = ? AND name = ?";

    private static final String STREAMS = """
            SELECT name, version, first, tombstoned FROM streams
            WHERE name > ?1 AND name >= ?2 AND substr(name, 1, length(?3)) = ?3
            ORDER BY name LIMIT ?4""";
    private static final String CATEGORIES = """
            SELECT c.name, count(*), sum(s.version - s.first + 1)
            FROM categories c JOIN streams s ON s.category_key = c.category_key
            GROUP BY c.category_key ORDER BY c.name""";

    private static final String COUNTS = "SELECT (SELECT count(*) FROM streams), (SELECT count(*) FROM events)";
    private static final String MISSING = """
            SELECT s.name, s.first, s.version, count(e.version)
            FROM streams s LEFT JOIN events e
                ON e.stream_key = s.stream_key AND e.version BETWEEN s.first AND s.version
            GROUP BY s.stream_key HAVING count(e.version) < s.version - s.first + 1 ORDER BY s.name""";
    private static final String BEYOND = """
            SELECT e.stream_key, e.version FROM events e LEFT JOIN streams s ON s.stream_key = e.stream_key
            WHERE s.version IS NULL OR e.version > s.version ORDER BY e.position""";
    private static final String INTACT = "ok";

    private SqliteFacets() {}

    static SnapshotStore snapshots(FileCalls calls) {
        return new JdbcSnapshots(calls, SAVE, LOAD, DELETE);
    }

    static StoreVerifier verifier(FileCalls calls) {
        return new JdbcVerifier(calls, SqliteFacets::damage, COUNTS, MISSING, BEYOND);
    }

    private static List<String> damage(SqlSession session) throws SQLException {
        List<String> lines = session.list(row -> row.getString(1), "PRAGMA integrity_check");
        return lines.equals(List.of(INTACT)) ? List.of() : lines;
    }

    static StreamCatalog catalog(FileCalls calls) {
        return new JdbcCatalog(calls, STREAMS, CATEGORIES);
    }
}
