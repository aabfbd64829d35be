package io.headwater.postgres;

import io.headwater.SnapshotStore;
import io.headwater.StoreVerifier;
import io.headwater.StreamCatalog;
import io.headwater.jdbc.JdbcCatalog;
import io.headwater.jdbc.JdbcSnapshots;
import io.headwater.jdbc.JdbcVerifier;
import java.util.List;

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

    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM ${schema}.streams), (SELECT count(*) FROM ${schema}.events) WHERE ${same_store}""";
    private static final String MISSING = """
            SELECT s.name, s.first, s.version, count(e.version)
            FROM ${schema}.streams s LEFT JOIN ${schema}.events e
                ON e.stream_key = s.stream_key AND e.version BETWEEN s.first AND s.version
            WHERE ${same_store}
            GROUP BY s.stream_key HAVING count(e.version) < s.version - s.first + 1 ORDER BY s.name""";
    private static final String BEYOND = """
            SELECT e.stream_key, e.version
            FROM ${schema}.events e LEFT JOIN ${schema}.streams s ON s.stream_key = e.stream_key
            WHERE (s.version IS NULL OR e.version > s.version) AND ${same_store} ORDER BY e.position""";

    private PostgresFacets() {}

    static SnapshotStore snapshots(Database database) {
        return new JdbcSnapshots(database, SAVE, LOAD, DELETE);
    }

    /** Damage of files is for the server's own tools, such as checksums and amcheck. */
    static StoreVerifier verifier(Database database) {
        return new JdbcVerifier(database, session -> List.of(), COUNTS, MISSING, BEYOND);
    }

    static StreamCatalog catalog(Database database) {
        return new JdbcCatalog(database, STREAMS, CATEGORIES);
    }
}
