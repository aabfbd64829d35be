package io.headwater.sqlite;

import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.jdbc.JdbcCatalog;
import io.headwater.jdbc.JdbcSnapshots;

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

    private SqliteFacets() {}

    static SnapshotStore snapshots(FileCalls calls) {
        return new JdbcSnapshots(calls, SAVE, LOAD, DELETE);
    }

    static StreamCatalog catalog(FileCalls calls) {
        return new JdbcCatalog(calls, STREAMS, CATEGORIES);
    }
}
