package io.headwater;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One atomic append (T1): events for one or more streams, each with an expected version, and expected versions of streams
 * that are checked but not written. More than one stream, written or checked, needs {@link Capability#MULTI_STREAM_APPEND}.
 *
 * <p>In the global log the events are adjacent, in the order of the writes (T3). A request MUST NOT name a stream twice, nor
 * use an event id twice (A6).
 *
 * @param writes at least one, in order
 * @param checks may be empty
 */
public record AppendRequest(List<StreamWrite> writes, List<StreamCheck> checks) {

    public AppendRequest {
        writes = Lists.copy(writes, "write");
        checks = Lists.copy(checks, "check");
        ArgumentChecks.that(!writes.isEmpty(), "append has no writes");
        if (writes.size() + checks.size() > 1) {
            refuseRepeatedStream(writes, checks);
        }
        if (writes.size() > 1 || writes.get(0).events().size() > 1) {
            refuseRepeatedId(writes);
        }
    }

    /** An append to one stream. */
    public static AppendRequest to(StreamId stream, ExpectedVersion expected, List<EventData> events) {
        return new AppendRequest(List.of(new StreamWrite(stream, expected, events)), List.of());
    }

    /** An append to one stream. */
    public static AppendRequest to(StreamId stream, ExpectedVersion expected, EventData... events) {
        return to(stream, expected, Lists.of(events, "event"));
    }

    /** A copy that also writes to this stream. */
    public AppendRequest and(StreamId stream, ExpectedVersion expected, EventData... events) {
        List<StreamWrite> more = new ArrayList<>(writes);
        more.add(new StreamWrite(stream, expected, Lists.of(events, "event")));
        return new AppendRequest(more, checks);
    }

    /** A copy that also expects this of a stream it does not write to. */
    public AppendRequest check(StreamId stream, ExpectedVersion expected) {
        List<StreamCheck> more = new ArrayList<>(checks);
        more.add(new StreamCheck(stream, expected));
        return new AppendRequest(writes, more);
    }

    /** Whether this needs {@link Capability#MULTI_STREAM_APPEND}. */
    public boolean isMultiStream() {
        return streamCount() > 1;
    }

    /** Number of streams, those that are written and those that are only checked. */
    public int streamCount() {
        return writes.size() + checks.size();
    }

    /** Number of events in all writes. */
    public int eventCount() {
        return writes.stream().mapToInt(write -> write.events().size()).sum();
    }

    private static void refuseRepeatedStream(List<StreamWrite> writes, List<StreamCheck> checks) {
        Set<StreamId> seen = new HashSet<>();
        for (StreamWrite write : writes) {
            refuseSecond(seen, write.stream());
        }
        for (StreamCheck check : checks) {
            refuseSecond(seen, check.stream());
        }
    }

    private static void refuseSecond(Set<StreamId> seen, StreamId stream) {
        ArgumentChecks.that(
                seen.add(stream), () -> "stream '" + stream + "' is named twice in one append: make it one write");
    }

    private static void refuseRepeatedId(List<StreamWrite> writes) {
        Set<UUID> seen = new HashSet<>();
        for (StreamWrite write : writes) {
            for (EventData event : write.events()) {
                ArgumentChecks.that(
                        seen.add(event.id()), () -> "event id " + event.id() + " is used twice in one append");
            }
        }
    }
}
