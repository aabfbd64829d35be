package io.headwater.internal.subscription.lease;

/** The right to run a subscription. For the dispatcher's task where nothing else is said. */
public interface SubscriptionLease {

    /** Acquires it, if nothing is running under a former one. False if another holder has it. Blocks. */
    boolean acquire();

    /** Renews it, when that is due. False if it was lost. Blocks. */
    boolean renew();

    /** When to call {@link #acquire()} or {@link #renew()} next, as {@link System#nanoTime()}. */
    long dueAt();

    /** Whether no other holder can have it now. Any thread. */
    boolean isValid();

    /** Whether it was lost since it was acquired. Any thread. */
    boolean isLost();

    /** Gives it back. Blocks. */
    void release();

    /**
     * Sets the callback for a change that another thread made: the lease was lost, or may have to be renewed. It is called on any
     * thread. To be called before any other method.
     */
    void onChange(Runnable changed);

    /** The subscription has ended: the lease is no longer renewed, even if it could not be released. */
    void end();
}
