package io.headwater.internal.subscription.delivery;

/** What a subscription permits its lanes at the moment. Any thread; does not block. */
public interface Permit {

    /** Whether the handler may be called now. */
    boolean isOpen();

    /** Whether no other holder can call the handler now. */
    boolean isHeld();

    /** Whether the subscription ends, so that nothing is to be begun or waited for. */
    boolean isStopped();
}
