package io.headwater;

import org.jspecify.annotations.Nullable;

/**
 * The reply to an append was lost, so the events may or may not be stored. The same call, with the same event ids, finds out
 * (I5).
 */
public final class AppendOutcomeUnknown extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what happened to the reply. */
    public AppendOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, Retry.OUTCOME_UNKNOWN, cause);
    }
}
