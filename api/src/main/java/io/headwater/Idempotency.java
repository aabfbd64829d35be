package io.headwater;

/** For how long the repeat of an append without an exact expectation is recognised (I3). Ordered from best to worst. */
public enum Idempotency {
    /** Without a limit. */
    ALWAYS,
    /** While the original is one of the last 10 such appends of its stream. */
    RECENT,
    /** Usually. */
    BEST_EFFORT
}
