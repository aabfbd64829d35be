package io.headwater.memory;

import io.headwater.spi.Backend;
import java.time.Clock;

/** Memory backends for tests that put something between them and the store, in other modules, too. */
public final class MemoryFixture {
    private MemoryFixture() {}

    /** The backend of {@code memory:name}. It shares its events with the others of its name. */
    public static Backend open(String name) {
        return new MemoryBackend(name, MemoryStorage.acquire(name), Clock.systemUTC());
    }
}
