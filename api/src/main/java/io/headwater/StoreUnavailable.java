package io.headwater;

import org.jspecify.annotations.Nullable;

/**
 * The storage cannot be used at the moment: it cannot be reached, is busy for too long, or is full. Nothing was written.
 */
public final class StoreUnavailable extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what is wrong and what to do. */
    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, Retry.SAFE, cause);
    }
}
