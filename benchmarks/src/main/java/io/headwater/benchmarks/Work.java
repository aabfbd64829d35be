package io.headwater.benchmarks;

/** The work that a thread under load repeats. */
interface Work {

    /** Does the work once, and returns the number of events that it wrote or read. */
    int once() throws Exception;
}
