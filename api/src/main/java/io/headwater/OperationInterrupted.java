package io.headwater;

/** The calling thread was interrupted; its flag is still set (L2). Nothing was written. */
public final class OperationInterrupted extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** A call that ended before it wrote anything. */
    public OperationInterrupted() {
        super("interrupted before anything was written", Retry.SAFE, null);
    }
}
