package io.headwater.internal.subscription.delivery;

/** Signals that the rest of a batch was not handled and did not fail. It is delivered again when the permit is open. */
@SuppressWarnings("serial")
public final class GivenBack extends RuntimeException {

    /** Creates an exception without a stack trace, as it is a signal and no failure. */
    public GivenBack() {
        super("the rest of the batch is not handled", null, false, false);
    }
}
