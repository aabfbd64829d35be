package io.headwater.postgres;

import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.jdbc.JdbcCatalog;
import io.headwater.jdbc.JdbcSnapshots;

/** The SQL of facets for which the backends over JDBC share the code. */
final class PostgresFacets {
    private static final String SAVE = """
            INSERT INTO ${schema}.snapshots AS s (stream, name, version, content, data) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, name) DO UPDATE
            SET version = excluded.version, content = excluded.content, data = excluded.data
            WHERE excluded.version > s.version AND ${same_store}""";
    private static final String LOAD =
            "SELECT version, content, data FROM ${schema}.snapshots WHERE stream = ? AND name = ? AND ${same_store}";
    private static final String DELETE =
            "DELETE FROM ${schema}.snapshots WHERE stream = ? AND name = ? AND ${same_store}";

    private static final String STREAMS = """
            SELECT name, version, first, tombstoned FROM ${schema}.streams
            WHERE name > ? AND name >= ? AND starts_with(name, ?) AND ${same_store}
            ORDER BY name LIMIT ?""";
    private static final String CATEGORIES = """
            SELECT category, count(*), sum(version - first + 1)::bigint FROM ${schema}.streams
            WHERE category IS NOT NULL AND ${same_store} GROUP BY category ORDER BY category""";

    private PostgresFacets() {}

    static SnapshotStore snapshots(Database database) {
        return new JdbcSnapshots(database, SAVE, LOAD, DELETE);
    }

    static StreamCatalog catalog(Database database) {
        return new JdbcCatalog(database, STREAMS, CATEGORIES);
    }
}
