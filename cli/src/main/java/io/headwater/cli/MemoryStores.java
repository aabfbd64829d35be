package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;

/** Stores that live in this process only, which is over when the command is. */
final class MemoryStores {
    private MemoryStores() {}

    static boolean isAt(EventStoreConfig config) {
        return config.url().scheme().equals("memory");
    }

    static boolean isOne(EventStore store) {
        return store.backend().equals("memory");
    }

    /** For whoever wrote to one in the belief that it stays. */
    static void warn(EventStore store, Output out, Shell shell) {
        if (isOne(store)) {
            out.flush();
            shell.note("a memory store ends with the command, and what was written with it: sqlite:FILE keeps it");
        }
    }
}
