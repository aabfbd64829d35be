package io.headwater;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose failures do not reach its caller. Thread-safe. */
final class IsolatedListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStoreListener.class);

    private final EventStoreListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();

    IsolatedListener(EventStoreListener listener) {
        this.listener = listener;
    }

    /** Calls the listener, and logs what it throws. One line is enough, as it may fail each time. */
    void call(Consumer<EventStoreListener> call) {
        try {
            call.accept(listener);
        } catch (Throwable e) {
            if (failed.compareAndSet(false, true)) {
                LOG.warn("the listener {} failed; its later failures are not logged", name(), e);
            }
        }
    }

    private String name() {
        return listener.getClass().getName();
    }
}
