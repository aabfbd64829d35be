package io.headwater.esdb;

import io.headwater.StreamId;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Finds events of a stream in the log that cannot be read in the stream any more. Slow, and rarely needed. */
final class HiddenEvents {
    private static final int PAGE = 256;

    private final BiFunction<CallContext, ReadRequest, ReadAnswer> scan;

    private HiddenEvents(BiFunction<CallContext, ReadRequest, ReadAnswer> scan) {
        this.scan = scan;
    }

    /** Finds them however long it takes. */
    static HiddenEvents anyTime(Server server) {
        return new HiddenEvents(server::scan);
    }

    /** Finds them within the time of the call. */
    static HiddenEvents withinCall(Server server) {
        return new HiddenEvents(server::scanWithinCall);
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
            List<EventMessage> events = scan.apply(context, page.limit(PAGE)).messages();
            for (EventMessage event : events) {
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
