package io.headwater;

/** An argument that no store would take: refused before any I/O (A6, P2, R4). The message names what and why. */
public final class InvalidRequest extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** A request refused for this reason. */
    public InvalidRequest(String message) {
        super(message, Retry.NEVER, null);
    }
}
