package io.headwater;

import java.util.List;

/**
 * The result of a command (I6).
 *
 * @param stream the stream that it was handled on
 * @param version the version of the stream after the last event of the command; if it has none, the version that was decided
 *     on
 * @param position the position of the last event of the command; {@link Position#START} if it has none
 * @param events the events of the command as they are stored; empty if it changed nothing
 * @param replayed whether an earlier delivery of the command stored the events
 */
public record CommandResult(
        StreamId stream, long version, Position position, List<EventData> events, boolean replayed) {

    public CommandResult {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(position, "position");
        events = Lists.copy(events, "event");
    }
}
