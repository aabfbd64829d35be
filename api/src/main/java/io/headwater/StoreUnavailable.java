package io.headwater;

import org.jspecify.annotations.Nullable;

/** The storage cannot be used now: not reachable, busy for too long, full. Nothing was written. */
public final class StoreUnavailable extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do. */
    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, Retry.SAFE, cause);
    }
}
