package io.headwater.benchmarks;

/**
 * A line of the report that compares.
 *
 * @param what was measured
 * @param figure what Headwater reached, in events per second
 * @param rival whom it is compared with
 * @param rivalFigure what the rival reached
 * @param goal for the ratio
 */
record Row(String what, Samples figure, String rival, Samples rivalFigure, Goal goal) {

    Samples ratio() {
        return figure.over(rivalFigure);
    }
}
