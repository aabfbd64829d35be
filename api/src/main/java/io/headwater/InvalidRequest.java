package io.headwater;

/**
 * An argument that every store refuses (A6, P2, R4). Thrown before any I/O; the message names the argument and the reason.
 */
public final class InvalidRequest extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that names the argument and the reason. */
    public InvalidRequest(String message) {
        super(message, Retry.NEVER, null);
    }
}
