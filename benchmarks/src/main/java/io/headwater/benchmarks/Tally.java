package io.headwater.benchmarks;

/**
 * What was read. Made by looking at every event, so that no part of the reading can be left out.
 *
 * @param events how many
 * @param checksum of the events and their order, the same for every reader
 * @param last the position of the last event; 0 without events
 */
public record Tally(int events, long checksum, long last) {

    /** Whether the same events were read in the same order, wherever their positions are. */
    boolean isLike(Tally other) {
        return events == other.events && checksum == other.checksum;
    }

    /** Counts up a tally. */
    public static final class Counter {
        private int events;
        private long checksum;
        private long last;

        /**
         * One more event.
         *
         * @param version in its stream; the first event has 1
         */
        public void add(long version, long position, int bytes) {
            events++;
            checksum = 31 * checksum + 7 * version + bytes;
            last = position;
        }

        /** Of the events so far. */
        public Tally tally() {
            return new Tally(events, checksum, last);
        }
    }
}
