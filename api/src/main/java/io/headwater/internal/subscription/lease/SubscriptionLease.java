package io.headwater.internal.subscription.lease;

/** The right to run a subscription. For the dispatcher's task, unless stated otherwise. */
public interface SubscriptionLease {

    /**
     * Acquires the lease, unless work that began under a former lease is still running. Returns false if another holder has it.
     * Blocks.
     */
    boolean acquire();

    /** Renews the lease if that is due. Returns false if the lease was lost. Blocks. */
    boolean renew();

    /** Returns when to call {@link #acquire()} or {@link #renew()} next, as {@link System#nanoTime()}. */
    long dueAt();

    /** Returns whether no other holder can have the lease now. Any thread. */
    boolean isValid();

    /** Returns whether the lease was lost since it was acquired. Any thread. */
    boolean isLost();

    /** Releases the lease. Blocks. */
    void release();

    /**
     * Sets the callback for changes that another thread makes: the lease was lost, or may have to be renewed. The callback runs
     * on any thread. MUST be called before any other method.
     */
    void onChange(Runnable changed);

    /** Called when the subscription has ended. The lease is no longer renewed, even if it could not be released. */
    void end();
}
