package io.headwater;

import org.jspecify.annotations.Nullable;

/** The reply to an append was lost: it may or may not have been written. Call again with the same event ids (I5). */
public final class AppendOutcomeUnknown extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says what happened to the reply. */
    public AppendOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, Retry.OUTCOME_UNKNOWN, cause);
    }
}
