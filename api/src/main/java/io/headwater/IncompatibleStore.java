package io.headwater;

import org.jspecify.annotations.Nullable;

/** The storage is not an event store, or has a format that this version cannot read (L3). */
public final class IncompatibleStore extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what was found and what was expected. */
    public IncompatibleStore(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
