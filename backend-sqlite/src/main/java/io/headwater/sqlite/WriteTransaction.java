package io.headwater.sqlite;

import java.sql.SQLException;

/** A transaction that writes, shared by all the writes of a group. */
final class WriteTransaction {
    private final Session session;
    private long head = -1;
    private long appendedTo;

    WriteTransaction(Session session) {
        this.session = session;
    }

    /**
     * A write. What it did before it throws an {@link io.headwater.EventStoreException} stays, so it checks first and writes
     * then. Any other exception undoes the transaction. May be run again, if another write of the group fails.
     */
    interface Work<T> {
        T run(WriteTransaction transaction) throws SQLException;
    }

    Session session() {
        return session;
    }

    /** The position of the log's last event, those of this transaction included. */
    long head() throws SQLException {
        if (head < 0) {
            head = ReadLog.head(session);
        }
        return head;
    }

    /** The place of the next event. */
    long nextPosition() throws SQLException {
        head = head() + 1;
        appendedTo = head;
        return head;
    }

    /** The last place that was given; 0 if none was. */
    long appendedTo() {
        return appendedTo;
    }
}
