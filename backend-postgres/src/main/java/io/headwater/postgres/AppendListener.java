package io.headwater.postgres;

import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for notifications of appends of other processes on a connection of its own, from the first subscription on. There is no
 * notification when an append that holds back the log is rolled back; readers find out by polling.
 *
 * <p>A connection may be lost without an error. One that has been silent for a while is therefore tested.
 */
final class AppendListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppendListener.class);
    private static final int MAX_SILENCE_MILLIS = 5_000;
    private static final int SECONDS_TO_ANSWER = 5;
    private static final long MIN_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final DataSource source;
    private final String channel;
    private final String self;
    private final Runnable wakeUp;
    private volatile @Nullable Connection listening;
    private final BackgroundThread thread = new BackgroundThread("headwater-postgres-listen", this::run);
    private final Outage outage =
            new Outage(AppendListener.class, "listening for appends of other processes", "they are found by polling");

    AppendListener(DataSource source, String channel, String self, Runnable wakeUp) {
        this.source = source;
        this.channel = channel;
        this.self = self;
        this.wakeUp = wakeUp;
    }

    void start() {
        thread.start();
    }

    /** How appends of other processes are noticed, for the diagnostics. */
    String state() {
        return outage.reason()
                .map(why -> "failed, readers poll: " + why)
                .orElse(thread.isAlive() ? "on" : "idle: nothing follows the log");
    }

    private void run(BackgroundThread self) {
        long pause = MIN_PAUSE_MILLIS;
        while (true) {
            try (Connection connection = source.getConnection()) {
                listen(connection);
                pause = MIN_PAUSE_MILLIS;
                listening = connection;
                await(self, connection);
            } catch (SQLException e) {
                if (!self.isEnding()) {
                    outage.failed(PostgresErrors.message(e));
                }
            }
            if (self.endsWithin(pause, TimeUnit.MILLISECONDS)) {
                return;
            }
            pause = Math.min(MAX_PAUSE_MILLIS, 2 * pause);
        }
    }

    /** Readers are notified, because events that were appended before may have been missed. */
    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel + '"');
        }
        outage.works();
        wakeUp.run();
    }

    /** Blocks until there is a notification; {@link #close} aborts the connection. */
    private void await(BackgroundThread self, Connection connection) throws SQLException {
        PGConnection server = connection.unwrap(PGConnection.class);
        while (!self.isEnding()) {
            PGNotification[] received = server.getNotifications(MAX_SILENCE_MILLIS);
            if (isFromOthers(received)) {
                wakeUp.run();
            } else if (received.length == 0) {
                test(connection);
            }
        }
    }

    private static void test(Connection connection) throws SQLException {
        if (!connection.isValid(SECONDS_TO_ANSWER)) {
            throw new SQLException("the server does not answer on the connection for listening");
        }
    }

    private boolean isFromOthers(PGNotification[] received) {
        for (PGNotification notification : received) {
            if (!notification.getParameter().equals(self)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.end();
        abort();
        thread.close();
    }

    /** Ends a wait for notifications, which an interrupt does not. */
    private void abort() {
        Connection current = listening;
        if (current != null) {
            try {
                current.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the connection for listening could not be aborted", e);
            }
        }
    }
}
