package io.headwater.postgres;

import io.headwater.jdbc.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The head, shared by all readers of a store. A position that was once decided stays decided. If a writer is slow between
 * reading the last ticket and taking its floor, a later query may find a lower mark than an earlier one. Both are valid, and
 * the higher one counts, as long as the server has the log in which it was found.
 */
final class LogHead {
    private static final Logger LOG = LoggerFactory.getLogger(LogHead.class);

    private static final String LOOK = "SELECT h.o_head, w.id, w.recorded_at, " + KnownLog.STANDS
            + ", (SELECT log_floor FROM ${schema}.store)"
            + " FROM ${schema}.head_v2() h LEFT JOIN LATERAL ("
            + "SELECT event_id AS id, recorded_at FROM ${schema}.events WHERE position = h.o_head UNION ALL"
            + " SELECT change_id, recorded_at FROM ${schema}.stream_changes WHERE position = h.o_head) w ON true"
            + " WHERE ${same_store}";

    /** A floor holds back only what readers get. Committed events are decided, wherever they are. */
    static final String LAST_DECIDED = "SELECT greatest(log_floor, (SELECT max(position) FROM ${schema}.events),"
            + " (SELECT max(position) FROM ${schema}.stream_changes)) FROM ${schema}.store WHERE ${same_store}";

    private final Database database;
    private final AtomicReference<KnownLog> known = new AtomicReference<>(KnownLog.none());
    private volatile @Nullable String wentBack;

    LogHead(Database database) {
        this.database = database;
    }

    /** The result of one query of the server. */
    private record Look(KnownLog found, boolean stands, long logFloor) {}

    /** The highest mark so far, and what else is known, without a query. */
    KnownLog known() {
        return known.get();
    }

    /** A text that says where the log was last found to have gone back; empty if it never was. */
    Optional<String> wentBack() {
        return Optional.ofNullable(wentBack);
    }

    long now() {
        return database.read(this::now);
    }

    /** As {@link #now()}. A later statement sees everything up to the mark. */
    long now(SqlSession session) throws SQLException {
        return look(session).mark();
    }

    /** Queries the server. The result is another log than {@link #known()} if the server no longer has that one. */
    KnownLog look(SqlSession session) throws SQLException {
        KnownLog before = known.get();
        Look look = session.only(row -> note(row, before), LOOK, before.parameters());
        KnownLog now = known.updateAndGet(current -> next(current, before, look));
        if (!look.stands && look.logFloor < before.mark()) {
            tell(before, look.found);
        }
        return now;
    }

    private Look note(ResultSet row, KnownLog before) throws SQLException {
        return new Look(before.upTo(row.getLong(1), row, 2), row.getBoolean(4), row.getLong(5));
    }

    /** The result of a query in a log that was given up meanwhile is ignored. */
    private static KnownLog next(KnownLog current, KnownLog before, Look look) {
        if (!current.isOfSameLog(before)) {
            return current;
        }
        if (!look.stands) {
            return look.found.inOtherLog();
        }
        return look.found.mark() > current.mark() ? look.found : current;
    }

    /** Logs the position of a committed event that is missing, or at which there is another event. */
    private void tell(KnownLog before, KnownLog found) {
        wentBack = "the event at %s is missing, the log is at %s".formatted(before.mark(), found.mark());
        LOG.warn(
                "the log went back: {}. The server was restored from a backup, or is a replica that lagged; positions from before"
                        + " mean other events now, and subscriptions that came further end",
                wentBack);
    }

    /** The greatest position that was ever decided: no mark that any process has found is above it. */
    long lastDecided() {
        return database.read(session -> session.only(row -> row.getLong(1), LAST_DECIDED));
    }
}
