package io.headwater.tck;

/** How often repeated rules run. These rules are about concurrent calls, and a broken store breaks them only sometimes. */
public enum Profile {
    /** Once, and on virtual threads rules about threads only: while a backend is being changed. */
    QUICK(1),
    /** Three times: for a build, and for a claim of conformance. */
    FULL(3),
    /** Fifty times: for a run that takes hours. */
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
