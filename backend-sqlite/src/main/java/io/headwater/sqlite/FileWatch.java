package io.headwater.sqlite;

import io.headwater.spi.support.Outage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Watches the end of the log while a subscription waits for new events, and only then. */
final class FileWatch {
    private final DatabaseFile file;
    private final NewEvents events;
    private final Outage outage;

    /** Watchers that were started and may still run. */
    private final List<EndOfLogWatcher> watchers = new ArrayList<>();

    private int registrations;
    private boolean closed;

    FileWatch(DatabaseFile file, NewEvents events) {
        this.file = file;
        this.events = events;
        outage = new Outage(
                FileWatch.class,
                "watching '" + file.path() + "' for appends of other processes",
                "they are found by polling");
    }

    /** See {@link io.headwater.spi.Backend#onAppend}. */
    AutoCloseable register(Runnable wakeUp) {
        AutoCloseable registration = events.register(wakeUp);
        AtomicBoolean open = new AtomicBoolean(true);
        added();
        return () -> {
            if (open.compareAndSet(true, false)) {
                registration.close();
                removed();
            }
        };
    }

    /** The reason why appends of other processes are found only by polling; empty as long as the watch works. */
    Optional<String> failure() {
        return outage.reason();
    }

    private synchronized void added() {
        registrations++;
        if (registrations == 1 && !closed) {
            watchers.removeIf(watcher -> !watcher.isAlive());
            EndOfLogWatcher watcher = new EndOfLogWatcher(file, events, outage);
            watchers.add(watcher);
            watcher.start();
        }
    }

    /** Does not wait for the watcher, whose call may wait for a lock that the caller holds. */
    private synchronized void removed() {
        registrations--;
        if (registrations == 0) {
            watchers.forEach(EndOfLogWatcher::end);
        }
    }

    /** Waits until all watchers have ended, unless a watcher calls it. */
    void close() {
        end().forEach(EndOfLogWatcher::await);
    }

    private synchronized List<EndOfLogWatcher> end() {
        closed = true;
        watchers.forEach(EndOfLogWatcher::end);
        return List.copyOf(watchers);
    }
}
