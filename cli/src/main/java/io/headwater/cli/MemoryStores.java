package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;

/** Stores that exist only in this process, and end with the command. */
final class MemoryStores {
    private MemoryStores() {}

    static boolean isAt(EventStoreConfig config) {
        return config.url().scheme().equals("memory");
    }

    static boolean isOne(EventStore store) {
        return store.backend().equals("memory");
    }

    /** Warns a user who may expect that the store is kept. */
    static void warn(EventStore store, Output out, Shell shell) {
        if (isOne(store)) {
            out.flush();
            shell.note("a memory store ends with the command, and its events are lost: sqlite:FILE keeps them");
        }
    }
}
