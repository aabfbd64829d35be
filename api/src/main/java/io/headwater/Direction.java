package io.headwater;

/** The direction of a read. */
public enum Direction {
    /** From the oldest event to the newest. */
    FORWARDS,
    /** From the newest event to the oldest. */
    BACKWARDS
}
