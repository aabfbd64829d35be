package io.headwater.spi;

/** A kind of time that a store stores. */
public enum StoredTime {
    /** When an event was appended (A8). */
    RECORDED_AT,
    /** When a lease expires (K3). */
    LEASE
}
