package io.headwater;

import java.util.List;
import java.util.OptionalLong;

/**
 * Events of one stream, and the version of the stream at the same moment.
 *
 * @param stream the stream that was read
 * @param version the current version of the stream, also if the slice is empty; 0 if the stream was never written (R2)
 * @param events in the order of reading
 * @param next the version to read on from; empty if there are no more events in this direction
 */
public record StreamSlice(StreamId stream, long version, List<RecordedEvent> events, OptionalLong next) {
    public StreamSlice {
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
