package io.headwater.spi.support;

import io.headwater.InvalidRequest;
import io.headwater.spi.Backend;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The callbacks of {@link Backend#onAppend}, for backends that know when events were appended. Thread-safe. */
public final class AppendWakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(AppendWakeUps.class);

    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /** Creates an empty list of callbacks. */
    public AppendWakeUps() {}

    /** Registers a callback, until the result is closed. A callback may be registered more than once. */
    public AutoCloseable register(Runnable wakeUp) {
        refuseNull(wakeUp);
        Registration registration = new Registration(wakeUp);
        registrations.add(registration);
        return () -> registrations.remove(registration);
    }

    private static void refuseNull(@Nullable Runnable wakeUp) {
        if (wakeUp == null) {
            throw new InvalidRequest("wake-up call is null");
        }
    }

    /**
     * Runs all callbacks on this thread. The exception of a callback is logged and not thrown, because the append has
     * succeeded; the other callbacks still run.
     */
    public void fire() {
        registrations.forEach(Registration::run);
    }

    /** A registration. Registrations of the same callback differ by identity. */
    private static final class Registration {
        private final Runnable wakeUp;

        Registration(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        void run() {
            try {
                wakeUp.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("a reader failed when it was notified of new events; it finds them when it polls", e);
            }
        }
    }
}
