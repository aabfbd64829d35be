package io.headwater;

/** The calling thread was interrupted. Its interrupt flag is still set, and nothing was written (L2). */
public final class OperationInterrupted extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** For a call that ended before it wrote anything. */
    public OperationInterrupted() {
        super("interrupted before anything was written", Retry.SAFE, null);
    }
}
