package io.headwater;

/** An append beyond the declared {@link Limits} (P4). Nothing was written. */
public final class LimitExceeded extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** An append refused for this reason. */
    public LimitExceeded(String message) {
        super(message, Retry.NEVER, null);
    }
}
