package io.headwater.postgres;

import io.headwater.EventStoreException;
import io.headwater.StoreClosed;
import io.headwater.spi.support.BackgroundThread;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies other processes of appends, with one notification for all appends of some milliseconds. */
final class AppendNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppendNotifier.class);

    /** This commit does not wait for the disk: a crash would lose no more than a notification. */
    private static final String NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";

    private static final long PAUSE_MILLIS = 5;

    private final Database database;
    private final String channel;
    private final String self;
    private final Semaphore appended = new Semaphore(0);
    private final BackgroundThread thread = new BackgroundThread("headwater-postgres-notify", this::run);

    AppendNotifier(Database database, String channel, String self) {
        this.database = database;
        this.channel = channel;
        this.self = self;
    }

    void appended() {
        if (appended.availablePermits() == 0) {
            appended.release();
            thread.start();
        }
    }

    private void run(BackgroundThread self) throws InterruptedException {
        do {
            appended.acquire();
            appended.drainPermits();
            notifyOthers();
        } while (!self.endsWithin(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void notifyOthers() throws InterruptedException {
        try {
            database.write(session -> session.only(row -> true, NOTIFY, channel, self));
        } catch (StoreClosed e) {
            throw new InterruptedException();
        } catch (EventStoreException e) {
            LOG.debug("other processes could not be notified of an append; they find it when they poll", e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
