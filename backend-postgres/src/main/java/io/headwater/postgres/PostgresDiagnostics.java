package io.headwater.postgres;

import io.headwater.Diagnostics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts for operators: what the store contains, and which processes hold back the log. */
final class PostgresDiagnostics implements Diagnostics {
    private static final String SIZES = """
            SELECT (SELECT count(*) FROM ${schema}.streams), (SELECT count(*) FROM ${schema}.events),
                pg_size_pretty(pg_total_relation_size('${schema}.events')), current_setting('server_version'),
                current_database(), coalesce(inet_server_port()::text, 'local')
            WHERE ${same_store}""";

    /**
     * Other appends also take tickets, so the difference is the maximum by which the log is behind. A floor that seems to be
     * ahead was taken after the last ticket was read.
     */
    private static final String HOLDERS = """
            SELECT pid, application_name, state, age, behind, count(*) OVER (), max(behind) OVER (), prepared FROM (
                SELECT l.pid, a.application_name, coalesce(a.state, 'unknown') AS state,
                    extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, p.prepared))::bigint AS age,
                    max(((SELECT last_value FROM ${schema}.tickets) - l.objid::bigint) & 4294967295) AS behind,
                    p.gid AS prepared
                FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                    LEFT JOIN pg_locks own ON l.pid IS NULL AND own.pid IS NULL AND own.locktype = 'transactionid'
                        AND own.virtualtransaction = l.virtualtransaction
                    LEFT JOIN pg_prepared_xacts p ON p.transaction = own.transactionid
                WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = '${schema}.tickets'::regclass
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY l.pid, a.application_name, a.state, a.xact_start, p.gid, p.prepared) holders
            WHERE behind < 2147483648 ORDER BY age DESC NULLS LAST LIMIT 10""";

    /** How long the first event has waited that is stored and not in the log. */
    private static final String SECONDS_BEHIND = """
            SELECT greatest(0, (${schema}.now_v1() - recorded_at) / 1000000) FROM ${schema}.events
            WHERE position > ? AND ${same_store} ORDER BY position LIMIT 1""";

    private final Database database;
    private final LogHead head;
    private final AppendSignals signals;

    PostgresDiagnostics(Database database, LogHead head, AppendSignals signals) {
        this.database = database;
        this.head = head;
        this.signals = signals;
    }

    /** An append in progress; the number of such appends, and how many tickets the log is behind because of them. */
    private record Holder(String text, long count, long behind) {
        static Holder of(ResultSet row) throws SQLException {
            String gid = row.getString(8);
            String text = "%s, transaction open for %s s, log up to %s appends behind"
                    .formatted(gid == null ? process(row) : prepared(gid), row.getLong(4), row.getLong(5));
            return new Holder(text, row.getLong(6), row.getLong(7));
        }

        private static String process(ResultSet row) throws SQLException {
            return "pid %s (%s, %s)".formatted(row.getInt(1), row.getString(2), row.getString(3));
        }

        /** A prepared transaction belongs to no process, and ends with COMMIT PREPARED or ROLLBACK PREPARED. */
        private static String prepared(String gid) {
            return "prepared transaction '" + gid + "', until COMMIT PREPARED or ROLLBACK PREPARED";
        }
    }

    @Override
    public Map<String, String> describe() {
        return database.read(session -> {
            Map<String, String> facts = new LinkedHashMap<>(sizes(session));
            facts.put("listening", signals.listening());
            facts.putAll(lag(session));
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

    private Map<String, String> lag(Session session) throws SQLException {
        List<Holder> holders = session.list(Holder::of, HOLDERS);
        Optional<Holder> any = holders.stream().findFirst();
        long seconds = session.first(row -> row.getLong(1), SECONDS_BEHIND, head.now(session))
                .orElse(0L);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("appends under way", any.map(Holder::count).orElse(0L).toString());
        facts.put("log lag in appends", any.map(Holder::behind).orElse(0L).toString());
        facts.put("log lag in seconds", Long.toString(seconds));
        head.wentBack().ifPresent(told -> facts.put("log went back", told));
        for (int i = 0; i < holders.size(); i++) {
            facts.put("holds back the log (" + (i + 1) + ")", holders.get(i).text);
        }
        return facts;
    }
}
