package io.headwater.benchmarks;

/**
 * A line of the report that has no baseline.
 *
 * @param what what was measured
 * @param unit the unit of the samples
 */
record Figure(String what, String unit, Samples samples, Goal goal) {}
