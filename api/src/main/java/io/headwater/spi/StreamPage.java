package io.headwater.spi;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * A page of a stream, and what the stream was at the moment of the read.
 *
 * @param version its version; 0 if it was never written
 * @param first the lowest version of the stream that can be read, whichever part of it was asked for, also when that part has no
 *     event; {@code version + 1} when no version can be read, which is 1 for a stream that was never written
 * @param events in the order of reading
 */
public record StreamPage(long version, long first, List<RecordedEvent> events) {
    public StreamPage {
        events = List.copyOf(events);
    }
}
