package io.headwater;

import org.jspecify.annotations.Nullable;

/** The backend failed in a way that it does not explain: damaged storage, or a fault in the backend. */
public final class BackendFailure extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says what failed. */
    public BackendFailure(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
