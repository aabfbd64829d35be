package io.headwater.internal.subscription.delivery;

import org.jspecify.annotations.Nullable;

/** The thread that runs a lane, and possibly the handler. Thread-safe. */
final class HandlerThread {
    private @Nullable Thread thread;

    synchronized void enter() {
        thread = Thread.currentThread();
    }

    synchronized void leave() {
        thread = null;
    }

    synchronized boolean is(Thread other) {
        return thread == other;
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
