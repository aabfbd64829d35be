package io.headwater;

import org.jspecify.annotations.Nullable;

/** The subscription has ended: it was closed, or its handler failed. In the second case, the cause is that failure. */
public final class SubscriptionEnded extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says which subscription ended, and why. */
    public SubscriptionEnded(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
