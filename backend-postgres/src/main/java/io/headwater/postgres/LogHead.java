package io.headwater.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The safe mark, shared by all readers of a store: what was seen to be decided stays so. A writer that is slow between
 * reading the last ticket and taking its floor makes a later look see a lower mark than an earlier one; both are true, and the
 * higher one counts.
 */
final class LogHead {
    private static final String LOOK = "SELECT o_head, o_pending FROM ${schema}.head_v1()";

    private final Database database;
    private final AtomicLong highest = new AtomicLong();
    private volatile boolean pending;

    LogHead(Database database) {
        this.database = database;
    }

    /** The highest mark seen so far, without asking the server. */
    long known() {
        return highest.get();
    }

    /** Whether an append was under way at the last look, so that the mark may soon move without a wake-up. */
    boolean isHeldBack() {
        return pending;
    }

    long now() {
        return database.read(this::now);
    }

    /** As {@link #now()}. What is read after this sees everything up to the mark, in another statement than this one. */
    long now(Session session) throws SQLException {
        return session.only(this::note, LOOK);
    }

    private long note(ResultSet row) throws SQLException {
        pending = row.getBoolean(2);
        long seen = row.getLong(1);
        return highest.accumulateAndGet(seen, Math::max);
    }
}
