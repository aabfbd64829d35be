package io.headwater.sqlite;

import java.sql.SQLException;

/** A transaction that writes, shared by all writes of a group. */
final class WriteTransaction {
    private final Session session;
    private long head = -1;
    private long appendedTo;

    WriteTransaction(Session session) {
        this.session = session;
    }

    /**
     * A write. Its changes remain if it throws an {@link io.headwater.EventStoreException}, so it checks before it writes.
     * Any other exception rolls back the transaction. It may be run again if another write of the group fails.
     */
    interface Work<T> {
        T run(WriteTransaction transaction) throws SQLException;
    }

    Session session() {
        return session;
    }

    /** The position of the last event of the log, including those of this transaction. */
    long head() throws SQLException {
        if (head < 0) {
            head = ReadLog.head(session);
        }
        return head;
    }

    /** The position of the next event. */
    long nextPosition() throws SQLException {
        head = head() + 1;
        appendedTo = head;
        return head;
    }

    /** Uses a position that lies behind all that were given, and returns it. */
    long keep(long position) {
        head = position;
        appendedTo = position;
        return position;
    }

    /** What was done may have given a position without this object. */
    void lookAgain() {
        head = -1;
    }

    /** The last position that was given; 0 if none was. */
    long appendedTo() {
        return appendedTo;
    }
}
