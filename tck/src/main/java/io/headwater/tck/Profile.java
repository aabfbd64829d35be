package io.headwater.tck;

/** How often to repeat the rules about what happens at the same time, which a broken store breaks only now and then. */
public enum Profile {
    /** Once: for the way from one change to the next. */
    QUICK(1),
    /** Three times: for a build, and for a claim of conformance. */
    FULL(3),
    /** Fifty times: for a night. */
    SOAK(50);

    private final int repetitions;

    Profile(int repetitions) {
        this.repetitions = repetitions;
    }

    /** How often a rule of {@link io.headwater.tck.rule.Kind#REPEATED} runs. */
    public int repetitions() {
        return repetitions;
    }
}
