package io.headwater.postgres;

import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears of what other processes append, on a connection of its own, from the first subscription on. While an append
 * that is under way holds back the log, it makes readers look again, because there is no notification of one that is
 * rolled back.
 *
 * <p>A connection that was lost without a word would be listened to for ever. So one that has been silent for a while
 * is asked for a sign of life.
 */
final class AppendListener implements AutoCloseable {
    private static final int LISTEN_MILLIS = 20;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int SECONDS_TO_ANSWER = 5;
    private static final long MIN_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 5_000;

    private final DataSource source;
    private final String channel;
    private final String self;
    private final LogHead head;
    private final Runnable wakeUp;
    private final BackgroundThread thread = new BackgroundThread("headwater-postgres-listen", this::run);
    private final Outage outage =
            new Outage(AppendListener.class, "listening for appends of other processes", "they are found by polling");

    AppendListener(DataSource source, String channel, String self, LogHead head, Runnable wakeUp) {
        this.source = source;
        this.channel = channel;
        this.self = self;
        this.head = head;
        this.wakeUp = wakeUp;
    }

    void start() {
        thread.start();
    }

    /** What becomes of appends of other processes, for the diagnostics. */
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
                hear(self, connection);
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

    /** What was appended before may have been missed. */
    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel + '"');
        }
        outage.works();
        wakeUp.run();
    }

    private void hear(BackgroundThread self, Connection connection) throws SQLException {
        PGConnection server = connection.unwrap(PGConnection.class);
        long heardAt = System.nanoTime();
        while (!self.isEnding()) {
            PGNotification[] heard = server.getNotifications(LISTEN_MILLIS);
            if (head.isHeldBack() || isFromOthers(heard)) {
                wakeUp.run();
            }
            if (heard.length > 0) {
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > SILENCE_NANOS) {
                askForSignOfLife(connection);
                heardAt = System.nanoTime();
            }
        }
    }

    private static void askForSignOfLife(Connection connection) throws SQLException {
        if (!connection.isValid(SECONDS_TO_ANSWER)) {
            throw new SQLException("the server does not answer on the connection for listening");
        }
    }

    private boolean isFromOthers(PGNotification[] heard) {
        for (PGNotification notification : heard) {
            if (!notification.getParameter().equals(self)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.close();
    }
}
