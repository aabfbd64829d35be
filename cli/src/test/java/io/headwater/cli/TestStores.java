package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStores;
import java.nio.file.Path;
import java.util.UUID;

/** A store that outlives the individual runs of a test: a memory store exists as long as it is open. */
record TestStores(String url, EventStore store) implements AutoCloseable {

    static TestStores open(String backend, Path folder) {
        String name = UUID.randomUUID().toString();
        String url = backend.equals("memory") ? "memory:" + name : "sqlite:" + folder.resolve(name + ".db");
        return new TestStores(url, EventStores.open(url));
    }

    @Override
    public void close() {
        store.close();
    }
}
