package io.headwater.spi;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * A page of a stream, and what the stream was at the moment of the read.
 *
 * @param version its version; 0 if it was never written
 * @param first the lowest version that can be read; {@code version + 1} when there is nothing to read
 * @param events in the order of reading
 */
public record StreamPage(long version, long first, List<RecordedEvent> events) {
    public StreamPage {
        events = List.copyOf(events);
    }
}
