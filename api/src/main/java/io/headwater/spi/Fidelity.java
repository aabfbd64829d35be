package io.headwater.spi;

/** What a {@link Replication} returns with changes and keeps when it applies them. */
public enum Fidelity {
    /** A store without events can give events the positions that they had. */
    POSITIONS,
    /** Events keep the time at which they were recorded (A8). */
    RECORDED_AT,
    /** Which events were one append (I2). */
    BOUNDARIES,
    /** Repeats of appends without an exact expectation stay recognised (I3). */
    REPEATS,
    /** Events keep their versions, also in streams that begin above 1 (A2). */
    VERSIONS,
    /** A batch is written with its progress, or nothing is. */
    ATOMIC
}
