package io.headwater.esdb;

import io.headwater.StreamId;
import io.headwater.spi.support.StreamState.StoredEvent;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Finds events of a stream in the log that cannot be read in the stream any more. Slow, and rarely needed. */
final class HiddenEvents {
    private static final int PAGE = 256;

    private final Server server;

    HiddenEvents(Server server) {
        this.server = server;
    }

    /**
     * Returns consecutive events of a stream, as far as they are in the log.
     *
     * @param firstRevision the revision of the first one
     * @param before the place to search backwards from
     */
    List<StoredEvent> find(CallContext context, StreamId stream, long firstRevision, int count, long before) {
        TreeMap<Long, StoredEvent> found = new TreeMap<>();
        long next = before;
        while (true) {
            ReadRequest page = ReadRequest.logBackwards(next).matching(LogPatterns.exactly(stream));
            List<ReadEvent> events =
                    server.scan(context, page.limit(PAGE)).events();
            for (ReadEvent read : events) {
                EventMessage event = new EventMessage(read.getEvent());
                if (event.revision() < firstRevision) {
                    return List.copyOf(found.values());
                }
                if (event.revision() < firstRevision + count) {
                    found.put(event.revision(), StoredStream.stored(event));
                }
                next = event.place();
            }
            if (events.size() < PAGE || found.size() == count) {
                return List.copyOf(found.values());
            }
        }
    }

    /** Returns the place of a stream's event that can be read; the end of the log if there is none. */
    static long placeOf(Optional<EventMessage> event) {
        return event.map(EventMessage::place).orElse(ReadRequest.END);
    }
}
