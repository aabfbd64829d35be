package io.headwater.sqlite;

import io.headwater.UnsupportedCapability;

/** Makes writes, each atomic and durable when it returns. Thread-safe. */
interface Writes {
    <T> T submit(WriteTransaction.Work<T> work);

    /** For a store that was opened read-only. */
    static Writes refused() {
        return new Writes() {
            @Override
            public <T> T submit(WriteTransaction.Work<T> work) {
                throw UnsupportedCapability.readOnly();
            }
        };
    }
}
