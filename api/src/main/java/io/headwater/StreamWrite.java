package io.headwater;

import java.util.List;

/**
 * Events for one stream within an {@link AppendRequest}.
 *
 * @param stream where to
 * @param expected what the stream is expected to be
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
