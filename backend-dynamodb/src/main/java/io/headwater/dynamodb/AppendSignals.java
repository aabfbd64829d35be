package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import io.headwater.spi.support.AppendWakeUps;
import io.headwater.spi.support.BackgroundThread;
import io.headwater.spi.support.Outage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells readers of appends: those of this store at once, those of others by looking at the log, once for all readers. Looks are
 * close together after something was appended, and seldom when nothing is.
 */
final class AppendSignals implements AutoCloseable {
    /** Readers are told, and need to look only in case that fails. */
    static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    static final long MIN_MILLIS = 50;
    static final long MAX_MILLIS = 2_000;

    private final DecidedLog log;
    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final BackgroundThread thread = new BackgroundThread("headwater-dynamodb-follow", this::run);
    private final Outage outage =
            new Outage(AppendSignals.class, "looking for appends of other processes", "readers look every 5 s");

    AppendSignals(DecidedLog log) {
        this.log = log;
    }

    /** After an append of this store was written. */
    void appended() {
        wakeUps.fire();
    }

    AutoCloseable register(Runnable wakeUp) {
        AutoCloseable registration = wakeUps.register(wakeUp);
        thread.start();
        return registration;
    }

    private void run(BackgroundThread self) {
        long pause = MIN_MILLIS;
        while (!self.endsWithin(pause, TimeUnit.MILLISECONDS)) {
            pause = hasMoved(self) ? MIN_MILLIS : Math.min(MAX_MILLIS, 2 * pause);
        }
    }

    private boolean hasMoved(BackgroundThread self) {
        try {
            long before = log.mark();
            boolean moved = log.advance() != before;
            outage.works();
            if (moved) {
                wakeUps.fire();
            }
            return moved || log.waitsToFill();
        } catch (EventStoreException e) {
            if (!self.isEnding()) {
                outage.failed(e.getMessage());
            }
            return false;
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
