package io.headwater.spi.support;

import io.headwater.InvalidRequest;
import io.headwater.spi.Backend;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registrations of {@link Backend#onAppend}, for backends that know when something was appended. Thread-safe. */
public final class AppendWakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(AppendWakeUps.class);

    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /** No registrations yet. */
    public AppendWakeUps() {}

    /** Registers a call; the same one may be registered more than once. */
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
     * Makes all calls, on this thread. One that throws is logged, and the others are made: the events are written by now, so
     * it must not make their append look failed.
     */
    public void fire() {
        registrations.forEach(Registration::run);
    }

    /** One registration, told apart from others of the same call by identity. */
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
