package io.headwater.spi;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.List;

/**
 * A change of a store, as {@link Replication#changes} returns it and {@link Replication#apply} writes it to another store (F4, F5).
 * Streams, versions and positions are those of the store that the change comes from, unless the caller changed them.
 */
public sealed interface Change {

    /** Returns the streams that it changes; one, but for an append to several. */
    List<StreamId> streams();

    /**
     * An append, with its boundaries. Of an append of which a scavenge removed the first events, it has the others.
     *
     * @param writes at least one, in the order of the append, each to a different stream
     */
    record Appended(List<Write> writes) implements Change {
        public Appended {
            writes = List.copyOf(writes);
            refuse(writes.isEmpty(), "an append that writes nothing");
            refuse(
                    writes.stream().map(Write::stream).distinct().count() < writes.size(),
                    "an append with a stream twice");
        }

        @Override
        public List<StreamId> streams() {
            return writes.stream().map(Write::stream).toList();
        }

        /** Returns the position of the last event. */
        public Position position() {
            List<RecordedEvent> last = writes.get(writes.size() - 1).events();
            return last.get(last.size() - 1).position();
        }

        /** Returns all events, in the order of the log. */
        public List<RecordedEvent> events() {
            return writes.stream().flatMap(write -> write.events().stream()).toList();
        }
    }

    /**
     * What an append wrote to one stream.
     *
     * @param nonExact whether it is among the appends without an exact expectation whose repeats the store recognises (I3)
     * @param events at least one, of one stream, with adjacent versions
     */
    record Write(boolean nonExact, List<RecordedEvent> events) {
        public Write {
            events = List.copyOf(events);
            refuse(events.isEmpty(), "a write without events");
            for (int i = 1; i < events.size(); i++) {
                RecordedEvent before = events.get(i - 1);
                RecordedEvent event = events.get(i);
                refuse(!event.stream().equals(before.stream()), "a write to several streams");
                refuse(event.version() != before.version() + 1, "a write with a gap between its versions");
            }
        }

        /** Returns the stream that was written to. */
        public StreamId stream() {
            return events.get(0).stream();
        }

        /** Returns the version of the stream before the write. */
        public long afterVersion() {
            return events.get(0).version() - 1;
        }

        /** Returns the version of the stream after the write. */
        public long version() {
            return events.get(events.size() - 1).version();
        }
    }

    /**
     * Events were hidden, by a truncation or by a delete (D1, D3).
     *
     * @param position its place in the log
     * @param first the lowest version that can be read since; a delete hides all, so that it is the version of the next event
     */
    record Truncated(Position position, StreamId stream, long first) implements Change {
        public Truncated {
            refuse(first < 1, "a truncation to a version below 1");
        }

        @Override
        public List<StreamId> streams() {
            return List.of(stream);
        }
    }

    /**
     * A stream was tombstoned (D2).
     *
     * @param position its place in the log
     */
    record Tombstoned(Position position, StreamId stream) implements Change {
        @Override
        public List<StreamId> streams() {
            return List.of(stream);
        }
    }

    /**
     * No event of a stream up to a version exists any more, so that a copy of the stream begins behind it (A2). No store returns this
     * as one of its changes: a tool that finds events missing writes it.
     *
     * @param version the version of the last event that is missing
     */
    record Advanced(StreamId stream, long version) implements Change {
        public Advanced {
            refuse(version < 1, "an advance to a version below 1");
        }

        @Override
        public List<StreamId> streams() {
            return List.of(stream);
        }
    }

    private static void refuse(boolean wrong, String what) {
        if (wrong) {
            throw new InvalidRequest(what + " is no change of a store");
        }
    }
}
