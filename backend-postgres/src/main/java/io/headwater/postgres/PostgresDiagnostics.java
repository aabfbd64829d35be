package io.headwater.postgres;

import io.headwater.Diagnostics;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an operator may want to know: what there is, and who holds the log back. */
final class PostgresDiagnostics implements Diagnostics {
    private static final String SIZES = """
            SELECT (SELECT count(*) FROM ${schema}.streams), (SELECT count(*) FROM ${schema}.events),
                pg_size_pretty(pg_total_relation_size('${schema}.events')), current_setting('server_version'),
                current_database(), coalesce(inet_server_port()::text, 'local')""";

    /** Tickets are given to others, too: what lies between is how far the log is behind, at most. */
    private static final String HOLDERS = """
            SELECT l.pid, a.application_name, coalesce(a.state, 'unknown'),
                extract(epoch FROM clock_timestamp() - a.xact_start)::bigint,
                max(((SELECT last_value FROM ${schema}.tickets) - l.objid::bigint) & 4294967295)
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = '${schema}.tickets'::regclass
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            GROUP BY l.pid, a.application_name, a.state, a.xact_start ORDER BY 4 DESC NULLS LAST LIMIT 10""";

    private final Database database;

    PostgresDiagnostics(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, String> describe() {
        return database.read(session -> {
            Map<String, String> facts = new LinkedHashMap<>(sizes(session));
            List<String> holders = holders(session);
            facts.put("appends under way", Integer.toString(holders.size()));
            for (int i = 0; i < holders.size(); i++) {
                facts.put("holds back the log (" + (i + 1) + ")", holders.get(i));
            }
            return facts;
        });
    }

    private Map<String, String> sizes(Session session) throws SQLException {
        return session.only(
                row -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put("streams", row.getString(1));
                    facts.put("events", row.getString(2));
                    facts.put("events with indexes", row.getString(3));
                    facts.put("server", "PostgreSQL " + row.getString(4));
                    facts.put("database", row.getString(5));
                    facts.put("namespace", database.namespace().name());
                    return facts;
                },
                SIZES);
    }

    private static List<String> holders(Session session) throws SQLException {
        return session.list(
                row -> "pid %s (%s, %s), transaction open for %s s, log up to %s appends behind"
                        .formatted(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)),
                HOLDERS);
    }
}
