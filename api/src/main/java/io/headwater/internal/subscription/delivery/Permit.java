package io.headwater.internal.subscription.delivery;

/** Whether lanes may call the handler of a subscription. Any thread; does not block. */
public interface Permit {

    /** Returns whether the handler may be called now. */
    boolean isOpen();

    /** Returns whether no other holder can call the handler now. */
    boolean isHeld();

    /** Returns whether the subscription ends, so that nothing may begin. */
    boolean isStopped();
}
