package io.headwater;

/**
 * An append that exceeds the declared {@link Limits} (P4), or more changes of a subscription's records than a store makes at
 * once (K2). Nothing was written.
 */
public final class LimitExceeded extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that names the limit and the value. */
    public LimitExceeded(String message) {
        super(message, Retry.NEVER, null);
    }
}
