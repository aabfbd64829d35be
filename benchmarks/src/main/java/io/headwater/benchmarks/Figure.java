package io.headwater.benchmarks;

/**
 * A line of the report about something that no raw driver does.
 *
 * @param what was measured
 * @param unit of the samples
 */
record Figure(String what, String unit, Samples samples, Goal goal) {}
