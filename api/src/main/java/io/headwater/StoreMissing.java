package io.headwater;

/** There is no store at this address, and none may be created (L1, L5). */
public final class StoreMissing extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what is missing, and what would create it. */
    public StoreMissing(String message) {
        super(message, Retry.NEVER, null);
    }
}
