package io.headwater.internal.subscription.delivery;

/** The rest of a batch is not handled, and did not fail: it is handed over again when the subscription permits it. */
@SuppressWarnings("serial")
public final class GivenBack extends RuntimeException {

    /** Without a stack trace: it is a signal, not a failure. */
    public GivenBack() {
        super("the rest of the batch is not handled", null, false, false);
    }
}
