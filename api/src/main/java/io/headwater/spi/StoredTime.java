package io.headwater.spi;

/** A time that a store writes down. */
public enum StoredTime {
    /** When an event was appended (A8). */
    RECORDED_AT,
    /** When a lease runs out (K3). */
    LEASE
}
