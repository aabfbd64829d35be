package io.headwater.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of what other processes append, on a connection of its own, from when somebody first wants to know. While an append
 * that is under way holds back the log, it makes readers look again, as nobody is told of one that is rolled back.
 */
final class AppendListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppendListener.class);
    private static final int LISTEN_MILLIS = 20;
    private static final long LEAST_PAUSE_MILLIS = 100;
    private static final long MOST_PAUSE_MILLIS = 5_000;

    private final DataSource source;
    private final String channel;
    private final String self;
    private final LogHead head;
    private final Runnable wakeUp;
    private final Background thread = new Background("headwater-postgres-listen", this::run);

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

    private void run() throws InterruptedException {
        long pause = LEAST_PAUSE_MILLIS;
        while (true) {
            try (Connection connection = source.getConnection()) {
                listen(connection);
                pause = LEAST_PAUSE_MILLIS;
                hear(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                LOG.debug("not told of appends of other processes, trying again in {} ms; readers poll", pause, e);
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(MOST_PAUSE_MILLIS, 2 * pause);
        }
    }

    /** What was appended before may have been missed. */
    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel + '"');
        }
        wakeUp.run();
    }

    private void hear(PGConnection connection) throws SQLException, InterruptedException {
        while (true) {
            PGNotification[] heard = connection.getNotifications(LISTEN_MILLIS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (head.isHeldBack() || isFromOthers(heard)) {
                wakeUp.run();
            }
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
