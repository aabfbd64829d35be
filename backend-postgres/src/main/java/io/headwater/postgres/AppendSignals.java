package io.headwater.postgres;

import io.headwater.spi.support.AppendWakeUps;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Notifies readers of appends: those of this store at once, those of other processes by a notification after the commit. A
 * notification inside the transaction of the append would make appends commit one after the other. Appends whose
 * notification is lost are found by polling.
 */
final class AppendSignals implements AutoCloseable {
    private static final Duration POLL_WHEN_TOLD = Duration.ofMillis(500);
    private static final Duration POLL_WHEN_NOT = Duration.ofMillis(50);

    private final AppendWakeUps wakeUps = new AppendWakeUps();
    private final @Nullable AppendNotifier notifier;
    private final @Nullable AppendListener listener;

    /** Always notifies readers of this store; others if these connections are configured for it. */
    AppendSignals(Database database, Connections connections, String storeId) {
        String channel = "headwater_" + storeId;
        String self = UUID.randomUUID().toString();
        notifier = connections.notifying() ? new AppendNotifier(database, channel, self) : null;
        DataSource listening = connections.listening();
        listener = listening == null ? null : new AppendListener(listening, channel, self, wakeUps::fire);
    }

    /** Called after an append was committed. */
    void appended() {
        wakeUps.fire();
        if (notifier != null) {
            notifier.appended();
        }
    }

    AutoCloseable register(Runnable wakeUp) {
        AutoCloseable registration = wakeUps.register(wakeUp);
        if (listener != null) {
            listener.start();
        }
        return registration;
    }

    /** How this store notices appends of other processes, for the diagnostics. */
    String listening() {
        return listener == null ? "off" : listener.state();
    }

    Duration pollInterval() {
        return listener == null ? POLL_WHEN_NOT : POLL_WHEN_TOLD;
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        if (notifier != null) {
            notifier.close();
        }
    }
}
