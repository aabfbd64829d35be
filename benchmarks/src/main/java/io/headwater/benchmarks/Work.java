package io.headwater.benchmarks;

/** What a thread under load does over and over. */
interface Work {

    /** Does it once, and returns the number of events that it wrote or read. */
    int once() throws Exception;
}
