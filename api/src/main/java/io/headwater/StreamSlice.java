package io.headwater;

import java.util.List;
import java.util.OptionalLong;

/**
 * Events of one stream, and the stream's version.
 *
 * @param stream which
 * @param version the stream's current version, also when the slice is empty; 0 if it was never written (R2)
 * @param events in the order of reading
 * @param next the version to read on from, empty when there is nothing more that way
 */
public record StreamSlice(StreamId stream, long version, List<RecordedEvent> events, OptionalLong next) {
    public StreamSlice {
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
