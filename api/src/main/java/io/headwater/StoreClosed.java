package io.headwater;

import org.jspecify.annotations.Nullable;

/** The store was closed before or during the call (L2). */
public final class StoreClosed extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** For a call on a closed store. */
    public StoreClosed() {
        this(null);
    }

    /** For a call that failed because the store was closed during it. */
    public StoreClosed(@Nullable Throwable cause) {
        super("the store is closed", Retry.NEVER, cause);
    }
}
