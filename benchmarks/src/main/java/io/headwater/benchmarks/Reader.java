package io.headwater.benchmarks;

/** Reads events into values of its own, whole and in order. Used by one thread. */
interface Reader extends AutoCloseable {

    /** Reads a whole stream. */
    Tally stream(String name) throws Exception;

    /** Reads a page of the log: at most {@code limit} events after this position. */
    Tally log(long after, int limit) throws Exception;

    /** As {@link #log}, only the streams of this category. */
    Tally category(String category, long after, int limit) throws Exception;

    @Override
    void close();

    /**
     * What was read. Made by looking at every event, so that no part of the reading can be left out.
     *
     * @param events how many
     * @param checksum of the events and their order, the same for every reader
     * @param last the position of the last event; 0 without events
     */
    record Tally(int events, long checksum, long last) {}

    /** Counts up a tally. */
    final class Counter {
        private int events;
        private long checksum;
        private long last;

        void add(long version, long position, int bytes) {
            events++;
            checksum = 31 * checksum + 7 * version + bytes;
            last = position;
        }

        Tally tally() {
            return new Tally(events, checksum, last);
        }
    }
}
