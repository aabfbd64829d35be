package io.headwater;

/** There is no store at this address, and the configuration does not allow creating one (L1). */
public final class StoreMissing extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** Says what is not there, and what would create it. */
    public StoreMissing(String message) {
        super(message, Retry.NEVER, null);
    }
}
