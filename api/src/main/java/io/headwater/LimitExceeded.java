package io.headwater;

/**
 * An append beyond the declared {@link Limits} (P4), or more changes of a subscription's records than are made at once (K2).
 * Nothing was written.
 */
public final class LimitExceeded extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** A call refused for this reason. */
    public LimitExceeded(String message) {
        super(message, Retry.NEVER, null);
    }
}
