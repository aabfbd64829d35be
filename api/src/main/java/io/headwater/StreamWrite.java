package io.headwater;

import java.util.List;

/**
 * Events that an {@link AppendRequest} appends to one stream.
 *
 * @param stream the stream to append to
 * @param expected its expected version
 * @param events at least one, in order
 */
public record StreamWrite(StreamId stream, ExpectedVersion expected, List<EventData> events) {

    public StreamWrite {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(expected, "expected version");
        events = Lists.copy(events, "event");
        ArgumentChecks.that(!events.isEmpty(), () -> "append to '" + stream + "' has no events");
    }
}
