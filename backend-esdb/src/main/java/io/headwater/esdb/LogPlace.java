package io.headwater.esdb;

import io.headwater.CommitPositions;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.spi.Positions;

/** Looks up records by their place in the log. Any other number is no position. */
final class LogPlace implements CommitPositions {
    private final Server server;
    private final LogHead head;

    LogPlace(Server server, LogHead head) {
        this.server = server;
        this.head = head;
    }

    /** The position of a record behind the last event is that of the event, as no event lies between them. */
    @Override
    public Position at(long commit) {
        return Positions.of(server.with(context -> {
            if (commit <= 0 || commit == Long.MAX_VALUE || !isRecord(context, commit)) {
                throw new InvalidRequest(
                        "no record lies at commit position %s; take it from the server's list of subscriptions"
                                .formatted(commit));
            }
            return Math.min(commit, head.look(context).head());
        }));
    }

    /** The server refuses some places that are between records, and reads on from others. */
    private boolean isRecord(CallContext context, long commit) {
        try {
            return server.look(context, ReadRequest.logForwards(commit)).messages().stream()
                    .anyMatch(record -> record.place() == commit);
        } catch (InvalidRequest e) {
            return false;
        }
    }
}
