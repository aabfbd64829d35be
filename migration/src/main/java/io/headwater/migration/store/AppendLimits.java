package io.headwater.migration.store;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Limits;
import io.headwater.RecordedEvent;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a store takes in one append.
 *
 * @param limits its limits
 * @param maxStreams the maximum number of streams of an append
 */
public record AppendLimits(Limits limits, int maxStreams) {
    private static final UUID NIL = new UUID(0, 0);

    /** Those of this store. */
    public static AppendLimits of(EventStore store) {
        Limits limits = store.capabilities().limits();
        boolean several = store.capabilities().supports(Capability.MULTI_STREAM_APPEND);
        return new AppendLimits(limits, several ? limits.maxStreamsPerAppend() : 1);
    }

    /** Whether an event has the id of zeros, which no append takes (A6). */
    public static boolean hasNoId(RecordedEvent event) {
        return event.id().equals(NIL);
    }

    /** The maximum size of an event, in bytes. */
    public long maxEventBytes() {
        return Math.min(limits.maxEventBytes(), limits.maxAppendBytes());
    }

    /** Whether no append takes this event. */
    public boolean isTooLarge(RecordedEvent event) {
        return size(event) > maxEventBytes();
    }

    /** Whether this can be made as one append. */
    public boolean fit(Appended append) {
        List<RecordedEvent> events = append.events();
        return append.writes().size() <= maxStreams
                && events.size() <= limits.maxEventsPerAppend()
                && events.stream().mapToLong(AppendLimits::size).sum() <= limits.maxAppendBytes();
    }

    /** The same events as appends that can be made, in their order. */
    public List<Appended> split(Appended append) {
        List<Appended> parts = new ArrayList<>();
        append.writes().forEach(write -> split(write, parts));
        return parts;
    }

    private void split(Write write, List<Appended> parts) {
        List<RecordedEvent> part = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : write.events()) {
            boolean full = part.size() == limits.maxEventsPerAppend() || bytes + size(event) > limits.maxAppendBytes();
            if (full) {
                parts.add(part(write, part));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(event);
            bytes += size(event);
        }
        parts.add(part(write, part));
    }

    private static Appended part(Write write, List<RecordedEvent> events) {
        return new Appended(List.of(new Write(write.nonExact(), events)));
    }

    private static long size(RecordedEvent event) {
        return event.toEventData().size();
    }
}
