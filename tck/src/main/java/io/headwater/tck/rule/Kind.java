package io.headwater.tck.rule;

/** How a rule is run. */
public enum Kind {
    /** Once: the result is always the same. */
    PLAIN,
    /**
     * Several times, each with other names and another seed, because the result depends on the timing of concurrent calls.
     */
    REPEATED,
    /** Once, and the next rule gets a newly opened store, because the check closes, restarts or interrupts something. */
    FAULT
}
