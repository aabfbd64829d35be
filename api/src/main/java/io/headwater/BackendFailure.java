package io.headwater;

import org.jspecify.annotations.Nullable;

/** The storage is damaged, was replaced or went back, or the backend has a fault (K5). */
public final class BackendFailure extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what failed. */
    public BackendFailure(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
