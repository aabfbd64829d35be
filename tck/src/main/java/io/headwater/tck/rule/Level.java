package io.headwater.tck.rule;

/** How strict a rule is. */
public enum Level {
    /** A store that breaks it does not conform to the contract. */
    MUST,
    /** A store may break it for a reason, which is given as a waiver. */
    SHOULD
}
