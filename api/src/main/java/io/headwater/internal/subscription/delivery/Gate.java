package io.headwater.internal.subscription.delivery;

import io.headwater.Position;

/** What the lanes of a delivery may do, and whom they tell. */
public interface Gate {

    /** Whether the handler may be called now. Any thread. */
    boolean isOpen();

    /**
     * How far the handler may still be called although the gate is closed: lanes that are behind others come up to them before
     * a clean end, so that nothing is handled again. Any thread.
     */
    Position drainTo();

    /** Whether nobody else can be the one to call the handler now. Any thread. */
    boolean isHeld();

    /** Whether this delivery is over, so that nothing is to be begun or waited for. Any thread. */
    boolean isStopped();

    /** A lane has something to tell: it came further, or has nothing to do. Any thread. */
    void signal();

    /** Ends the subscription with this reason. Any thread. */
    void fail(Throwable reason);
}
