package io.headwater.esdb;

import io.headwater.Position;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.List;

/** Finds where in the log a time begins: roughly in the scan of the log, and then event by event. */
final class PositionAtTime {
    private static final int PAGE = 1_500;

    private final LogScan scan;
    private final Server server;
    private final Namespace namespace;

    PositionAtTime(LogScan scan, Server server, Namespace namespace) {
        this.scan = scan;
        this.server = server;
        this.namespace = namespace;
    }

    /** The position of the last event before all that were recorded at this time or later. */
    Position of(Instant time) {
        long from = scan.read(log -> log.before(time));
        return Positions.of(server.with(context -> lastBefore(context, time, from)));
    }

    private long lastBefore(CallContext context, Instant time, long from) {
        long found = from;
        long next = from;
        while (true) {
            ReadAnswer answer =
                    server.page(context, ReadRequest.logForwards(next).limit(PAGE));
            List<EventMessage> records = answer.messages();
            for (EventMessage record : records) {
                boolean shown = record.isVisible(namespace) && record.streamId().isPresent();
                if (shown && record.place() > from && !record.recordedAt().isBefore(time)) {
                    return found;
                }
                found = shown ? record.place() : found;
                next = record.place();
            }
            if (!answer.isCut() && records.size() < PAGE) {
                return found;
            }
        }
    }
}
