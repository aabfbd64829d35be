package io.headwater.spi;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * A page of a stream, with the state of the stream at the moment of the read.
 *
 * @param version the version of the stream; 0 if it was never written
 * @param first the lowest version of the whole stream that can be read, also if the page is empty or begins later;
 *     {@code version + 1} if no event can be read, which is 1 for a stream that was never written
 * @param events the events, in the order of reading
 */
public record StreamPage(long version, long first, List<RecordedEvent> events) {
    public StreamPage {
        events = List.copyOf(events);
    }
}
