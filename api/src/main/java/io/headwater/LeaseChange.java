package io.headwater;

/** What happened to the lease of a durable subscription (K2, K3). */
public enum LeaseChange {
    /** The subscription has the lease, and begins to handle events. */
    ACQUIRED,
    /** Another holder took the lease over, or the subscription was reset or forgotten. */
    LOST,
    /** The subscription ended and gave the lease back. */
    RELEASED
}
