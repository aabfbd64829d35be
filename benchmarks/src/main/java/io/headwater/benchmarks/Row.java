package io.headwater.benchmarks;

/**
 * A line of the report with a candidate and its baseline.
 *
 * @param what what was measured
 * @param figure the candidate's events per second
 * @param baseline the name of the baseline
 * @param baselineFigure the baseline's events per second
 * @param goal the goal for the ratio
 */
record Row(String what, Samples figure, String baseline, Samples baselineFigure, Goal goal) {

    Samples ratio() {
        return figure.over(baselineFigure);
    }
}
