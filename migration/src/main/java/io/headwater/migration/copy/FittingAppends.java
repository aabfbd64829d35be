package io.headwater.migration.copy;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Limits;
import io.headwater.RecordedEvent;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Cuts appends that are over the limits of the target into several, and refuses events that it does not take. */
final class FittingAppends {
    private static final UUID NIL = new UUID(0, 0);

    private final Limits limits;
    private final int maxStreams;
    private final Accepted accepted;

    FittingAppends(EventStore target, Accepted accepted) {
        this.limits = target.capabilities().limits();
        this.maxStreams =
                target.capabilities().supports(Capability.MULTI_STREAM_APPEND) ? limits.maxStreamsPerAppend() : 1;
        this.accepted = accepted;
    }

    List<Change> of(List<Change> changes) {
        List<Change> fitting = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change instanceof Appended append) {
                add(append, fitting);
            } else {
                fitting.add(change);
            }
        }
        return fitting;
    }

    private void add(Appended append, List<Change> fitting) {
        List<RecordedEvent> events = append.events();
        events.forEach(this::refuse);
        if (fits(append, events)) {
            fitting.add(append);
            return;
        }
        accepted.require(Loss.APPEND_SPLIT, place(events.get(0)));
        append.writes().forEach(write -> split(write, fitting));
    }

    private boolean fits(Appended append, List<RecordedEvent> events) {
        return append.writes().size() <= maxStreams
                && events.size() <= limits.maxEventsPerAppend()
                && events.stream().mapToLong(FittingAppends::size).sum() <= limits.maxAppendBytes();
    }

    private void split(Write write, List<Change> fitting) {
        List<RecordedEvent> part = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : write.events()) {
            boolean full = part.size() == limits.maxEventsPerAppend() || bytes + size(event) > limits.maxAppendBytes();
            if (full) {
                fitting.add(new Appended(List.of(new Write(write.nonExact(), part))));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(event);
            bytes += size(event);
        }
        fitting.add(new Appended(List.of(new Write(write.nonExact(), part))));
    }

    private void refuse(RecordedEvent event) {
        if (event.id().equals(NIL)) {
            throw new MigrationRefused(Block.EVENT_ID, place(event) + " has the id " + NIL);
        }
        long max = Math.min(limits.maxEventBytes(), limits.maxAppendBytes());
        if (size(event) > max) {
            throw new MigrationRefused(
                    Block.EVENT_TOO_LARGE,
                    "%s has %s bytes, and the target takes %s".formatted(place(event), size(event), max));
        }
    }

    private static long size(RecordedEvent event) {
        return event.toEventData().size();
    }

    private static String place(RecordedEvent event) {
        return "version %s of stream '%s'".formatted(event.version(), event.stream());
    }
}
