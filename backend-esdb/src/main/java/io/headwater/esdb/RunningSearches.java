package io.headwater.esdb;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The searches of the log that the server has not answered: they may take minutes without a word. Thread-safe. */
final class RunningSearches {
    private final Map<Object, Instant> begun = new ConcurrentHashMap<>();

    /** Makes a search. */
    <T> T during(Supplier<T> search) {
        Object key = new Object();
        begun.put(key, Instant.now());
        try {
            return search.get();
        } finally {
            begun.remove(key);
        }
    }

    /** Returns when the oldest of them began; empty if there is none. */
    Optional<Instant> since() {
        return begun.values().stream().min(Instant::compareTo);
    }
}
