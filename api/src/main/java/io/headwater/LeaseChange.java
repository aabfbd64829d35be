package io.headwater;

/** A change of the lease of a durable subscription (K2, K3). */
public enum LeaseChange {
    /** The subscription acquired the lease, and begins to handle events. */
    ACQUIRED,
    /** Another holder took over the lease, or the subscription was reset or forgotten. */
    LOST,
    /** The subscription ended and released the lease. */
    RELEASED
}
