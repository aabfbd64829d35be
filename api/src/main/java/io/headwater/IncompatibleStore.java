package io.headwater;

import org.jspecify.annotations.Nullable;

/** The storage holds something else, or a format that this version does not read (L3). */
public final class IncompatibleStore extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says what was found and what was expected. */
    public IncompatibleStore(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
