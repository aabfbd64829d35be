package io.headwater.tck.rule;

/** How a rule is to be run. */
public enum Kind {
    /** Once: the outcome is always the same. */
    PLAIN,
    /** Several times, each with other names and another seed: the outcome depends on what happens at the same time. */
    REPEATED,
    /** Once, and the rules after it get a newly opened store: the check closes, restarts or interrupts things. */
    FAULT
}
