package io.headwater.tck.rule;

/** How strictly a rule is meant. */
public enum Level {
    /** A store that breaks it is not conformant. */
    MUST,
    /** A store may break it with a reason, which is then given as a waiver. */
    SHOULD
}
