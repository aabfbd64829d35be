package io.headwater;

/** Which way to read. */
public enum Direction {
    /** From the oldest event to the newest. */
    FORWARDS,
    /** From the newest event to the oldest. */
    BACKWARDS
}
