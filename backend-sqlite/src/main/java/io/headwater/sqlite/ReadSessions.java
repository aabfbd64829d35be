package io.headwater.sqlite;

import io.headwater.EventStoreException;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.jdbc.SqlCalls;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Connections that only read. They are opened when they are first needed, and kept. The one that was used last is used
 * first.
 */
final class ReadSessions implements Reads, AutoCloseable {
    private final Source source;
    private final ReadGuard guard;
    private final int most;
    private final Semaphore permits;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Opens a connection that only reads. */
    interface Source {
        Session connect() throws SQLException;
    }

    ReadSessions(Source source, ReadGuard guard, int most) {
        this.source = source;
        this.guard = guard;
        this.most = most;
        this.permits = new Semaphore(most, true);
    }

    /** Reads on one of the connections, and waits for one if all are in use. */
    @Override
    public <T> T read(SqlCalls.Work<Session, T> work) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
        try {
            T result = readOn(open(), work);
            guard.checkRead();
            return result;
        } catch (SQLException e) {
            throw guard.translate(e);
        } finally {
            permits.release();
        }
    }

    private Session open() throws SQLException {
        if (closed) {
            throw new StoreClosed();
        }
        Session session = idle.pollFirst();
        return session == null ? source.connect() : session;
    }

    /** A connection on which SQLite failed is not used again. */
    private <T> T readOn(Session session, SqlCalls.Work<Session, T> work) throws SQLException {
        boolean usable = false;
        try {
            T result = work.run(session);
            usable = true;
            return result;
        } catch (EventStoreException e) {
            usable = true;
            throw e;
        } finally {
            if (usable) {
                idle.addFirst(session);
            } else {
                session.close();
            }
        }
    }

    /** Waits for the reads in progress, which are short, and closes all connections. */
    @Override
    public void close() throws SQLException {
        closed = true;
        permits.acquireUninterruptibly(most);
        permits.release(most);
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.close();
        }
    }
}
