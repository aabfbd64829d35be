package io.headwater;

/** For how long an append without an exact expectation is recognised when it is repeated (I3). From best to least. */
public enum Idempotency {
    /** For ever. */
    ALWAYS,
    /** While the original is among the stream's last 10 such appends. */
    RECENT,
    /** Usually. */
    BEST_EFFORT
}
