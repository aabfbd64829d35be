package io.headwater.benchmarks;

/** Reads events into values of its own, completely and in order. Used by one thread. */
interface Reader extends AutoCloseable {

    /** Reads a whole stream. */
    Tally stream(String name) throws Exception;

    /** Reads a page of the log: at most {@code limit} events after this position. */
    Tally log(long after, int limit) throws Exception;

    /** Like {@link #log}, only the streams of this category. */
    Tally category(String category, long after, int limit) throws Exception;

    @Override
    void close();
}
