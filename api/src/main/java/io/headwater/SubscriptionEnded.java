package io.headwater;

import org.jspecify.annotations.Nullable;

/** A subscription is over: it was closed, or it stopped because its handler failed; that failure is the cause. */
public final class SubscriptionEnded extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says which subscription ended and why. */
    public SubscriptionEnded(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
