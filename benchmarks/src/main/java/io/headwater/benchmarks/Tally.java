package io.headwater.benchmarks;

/**
 * A summary of the events that were read. It depends on every event, so that no part of the reading can be optimised
 * away.
 *
 * @param events the number of events
 * @param checksum a checksum of the events and their order, the same for every reader
 * @param last the position of the last event; 0 without events
 */
public record Tally(int events, long checksum, long last) {

    /** Whether the same events were read in the same order, whatever their positions are. */
    boolean isLike(Tally other) {
        return events == other.events && checksum == other.checksum;
    }

    /** Computes a tally. */
    public static final class Counter {
        private int events;
        private long checksum;
        private long last;

        /**
         * Adds an event.
         *
         * @param version the version of the event; the first one is 1
         */
        public void add(long version, long position, int bytes) {
            events++;
            checksum = 31 * checksum + 7 * version + bytes;
            last = position;
        }

        /** The tally of the events so far. */
        public Tally tally() {
            return new Tally(events, checksum, last);
        }
    }
}
