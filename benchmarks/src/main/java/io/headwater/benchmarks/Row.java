package io.headwater.benchmarks;

/**
 * A line of the report.
 *
 * @param what was measured
 * @param figure what Headwater reached, in events per second
 * @param rival whom it is compared with
 * @param rivalFigure what the rival reached
 * @param goal the least ratio that we want; {@link #NO_GOAL} without one
 */
record Row(String what, Samples figure, String rival, Samples rivalFigure, double goal) {
    static final double NO_GOAL = 0;

    Samples ratio() {
        return figure.over(rivalFigure);
    }

    boolean hasGoal() {
        return goal > NO_GOAL;
    }

    boolean isMet() {
        return ratio().median() >= goal;
    }
}
