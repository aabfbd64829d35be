package io.headwater.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The registrations of {@link Backend#onAppend}, for backends that know when something was appended. Thread-safe. */
public final class AppendWakeUps {
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /** No registrations yet. */
    public AppendWakeUps() {}

    /** Registers a call; the same one may be registered more than once. */
    public AutoCloseable register(Runnable wakeUp) {
        Registration registration = new Registration(wakeUp);
        registrations.add(registration);
        return () -> registrations.remove(registration);
    }

    /** Makes all calls, on this thread. */
    public void fire() {
        registrations.forEach(registration -> registration.wakeUp.run());
    }

    /** One registration, told apart from others of the same call by identity. */
    private static final class Registration {
        private final Runnable wakeUp;

        Registration(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }
    }
}
