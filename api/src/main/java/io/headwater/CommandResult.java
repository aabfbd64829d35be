package io.headwater;

import java.util.List;

/**
 * What a command did to its stream (I6).
 *
 * @param stream which
 * @param version the stream's version after the command's last event; where it has none, the version that was decided on
 * @param position the place of its last event in the global log; where it has none, {@link Position#START}
 * @param events the command's events as they are stored; empty if it changed nothing
 * @param replayed whether the events were there already, from an earlier delivery of the command
 */
public record CommandResult(
        StreamId stream, long version, Position position, List<EventData> events, boolean replayed) {

    public CommandResult {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(position, "position");
        events = Lists.copy(events, "event");
    }
}
