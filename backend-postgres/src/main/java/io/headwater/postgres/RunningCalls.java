package io.headwater.postgres;

import io.headwater.spi.support.BackgroundThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that wait for the server. The driver does not notice that a waiting thread is interrupted. So a thread checks
 * those that wait, and asks the server to cancel their statements. If the server does not react, it closes their
 * connections.
 */
final class RunningCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCalls.class);
    private static final long MILLIS_BETWEEN_LOOKS = 50;
    private static final long NANOS_TO_ANSWER = TimeUnit.SECONDS.toNanos(5);

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final BackgroundThread watcher = new BackgroundThread("headwater-postgres-interrupts", this::watch);

    Call begin(Connection connection) {
        Call call = new Call(Thread.currentThread(), connection);
        calls.add(call);
        watcher.start();
        return call;
    }

    private void watch(BackgroundThread self) {
        while (!self.endsWithin(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            calls.forEach(Call::endIfInterrupted);
        }
    }

    @Override
    public void close() {
        watcher.close();
    }

    /** Something that the server does for a call, and that can be cancelled. */
    interface Running {
        void cancel() throws SQLException;
    }

    /** A call, from the moment at which it has a connection. */
    final class Call implements AutoCloseable {
        private final Thread caller;
        private final Connection connection;
        private @Nullable Running running;
        private long interruptedAt;
        private boolean asked;

        private Call(Thread caller, Connection connection) {
            this.caller = caller;
            this.connection = connection;
        }

        void runs(Statement statement) {
            runs(statement::cancel);
        }

        /** Waits while the previous statement is being cancelled, so that the request does not cancel the next one. */
        synchronized void runs(Running next) {
            running = next;
        }

        private synchronized void endIfInterrupted() {
            if (running == null || !caller.isInterrupted()) {
                return;
            }
            if (!asked) {
                asked = true;
                interruptedAt = System.nanoTime();
            }
            try {
                if (System.nanoTime() - interruptedAt < NANOS_TO_ANSWER) {
                    running.cancel();
                } else {
                    connection.abort(Runnable::run);
                }
            } catch (SQLException e) {
                LOG.debug("an interrupted call could not be ended; it ends by itself", e);
            }
        }

        @Override
        public void close() {
            calls.remove(this);
        }
    }
}
