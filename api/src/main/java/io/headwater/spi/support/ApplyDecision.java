package io.headwater.spi.support;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Applied.Diverged;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a {@link Batch} is to be written (F5), for backends that hold its streams still until it is written. The backend
 * writes the steps of the decision in their order, together with the progress of the batch.
 */
public final class ApplyDecision {
    private final Target target;
    private final Map<StreamId, StreamBounds> bounds = new HashMap<>();
    private final Map<StreamId, List<RecordedEvent>> written = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private @Nullable Diverged diverged;

    private ApplyDecision(Target target) {
        this.target = target;
    }

    /** What the store has. */
    public interface Target {
        /** Returns which events of a stream can be read. */
        StreamBounds bounds(StreamId stream);

        /**
         * Returns the stored events after a version, in order, including hidden events that were not removed.
         *
         * @param count the maximum number of versions to look at, at least 1
         */
        List<RecordedEvent> events(StreamId stream, long afterVersion, int count);
    }

    /** Something to write. */
    public sealed interface Step {
        /** Returns the stream that it changes, or one of them. */
        StreamId stream();

        /** Returns the version of that stream that it writes. */
        long version();

        /** Returns its positions in the store that it comes from, in order. */
        List<Position> positions();
    }

    /** Events to write as one append, in this order. */
    public record NewEvents(List<Write> writes) implements Step {
        @Override
        public StreamId stream() {
            return writes.get(0).stream();
        }

        @Override
        public long version() {
            return writes.get(0).afterVersion() + 1;
        }

        @Override
        public List<Position> positions() {
            return writes.stream()
                    .flatMap(write -> write.events().stream())
                    .map(RecordedEvent::position)
                    .toList();
        }
    }

    /**
     * New bounds of a stream, which may be new itself.
     *
     * @param position its position in the store that it comes from; empty for a stream that only advances
     */
    public record NewBounds(StreamId stream, Optional<Position> position, StreamBounds before, StreamBounds after)
            implements Step {
        @Override
        public long version() {
            return after.version();
        }

        @Override
        public List<Position> positions() {
            return position.stream().toList();
        }

        /** Returns whether the stream was emptied at its version: see {@link StreamState#emptied}. */
        public boolean empties() {
            return !after.live() && (before.live() || after.version() > before.version());
        }
    }

    /**
     * The decision.
     *
     * @param steps what is to be written; not complete if the batch diverges
     * @param diverged the first change that does not fit the store, if any
     */
    public record Decided(List<Step> steps, Optional<Diverged> diverged) {}

    /**
     * Decides what is to be written.
     *
     * @param end a position behind which all kept positions have to lie; it is that of the last thing in the log
     */
    public static Decided decide(Batch batch, Position end, Target target) {
        ApplyDecision decision = new ApplyDecision(target);
        for (Change change : batch.changes()) {
            decision.decide(change);
        }
        if (batch.keepPositions() && decision.diverged == null) {
            decision.checkPositions(end);
        }
        return new Decided(decision.steps, Optional.ofNullable(decision.diverged));
    }

    private void decide(Change change) {
        if (diverged != null) {
            return;
        }
        if (change instanceof Appended appended) {
            append(appended);
        } else if (change instanceof Truncated truncated) {
            truncate(truncated);
        } else if (change instanceof Tombstoned tombstoned) {
            StreamBounds after = bounds(tombstoned.stream()).ended();
            change(tombstoned.stream(), Optional.of(tombstoned.position()), after);
        } else if (change instanceof Advanced advanced) {
            advance(advanced.stream(), Optional.empty(), advanced.version());
        }
    }

    private StreamBounds bounds(StreamId stream) {
        return bounds.computeIfAbsent(stream, target::bounds);
    }

    private void append(Appended appended) {
        List<Write> missing = new ArrayList<>();
        for (Write write : appended.writes()) {
            StreamBounds now = bounds(write.stream());
            if (write.version() <= now.version()) {
                compare(write);
            } else if (write.afterVersion() != now.version()) {
                diverge(write.stream(), write.afterVersion() + 1, "the stream is at version " + now.version());
            } else if (now.tombstoned()) {
                diverge(write.stream(), write.afterVersion() + 1, "the stream is tombstoned");
            } else {
                missing.add(write);
                bounds.put(write.stream(), now.grown(write.events().size()));
                written.computeIfAbsent(write.stream(), absent -> new ArrayList<>())
                        .addAll(write.events());
            }
        }
        if (!missing.isEmpty()) {
            steps.add(new NewEvents(List.copyOf(missing)));
        }
    }

    /** What is not stored was removed. */
    private void compare(Write write) {
        Map<Long, RecordedEvent> stored = new HashMap<>();
        target.events(write.stream(), write.afterVersion(), write.events().size())
                .forEach(event -> stored.put(event.version(), event));
        written.getOrDefault(write.stream(), List.of()).forEach(event -> stored.put(event.version(), event));
        for (RecordedEvent event : write.events()) {
            RecordedEvent there = stored.get(event.version());
            if (there != null && !there.toEventData().equals(event.toEventData())) {
                String what = there.id().equals(event.id()) ? "another content" : "the id " + there.id();
                diverge(write.stream(), event.version(), "the event of this version has " + what);
            }
        }
    }

    private void truncate(Truncated truncated) {
        StreamBounds now = bounds(truncated.stream());
        Optional<Position> position = Optional.of(truncated.position());
        if (truncated.first() - 1 > now.version()) {
            advance(truncated.stream(), position, truncated.first() - 1);
        } else {
            change(truncated.stream(), position, now.truncatedBefore(truncated.first()));
        }
    }

    /** All events up to this version are gone, and those that are missing never existed here. */
    private void advance(StreamId stream, Optional<Position> position, long version) {
        StreamBounds now = bounds(stream);
        if (version > now.version()) {
            change(stream, position, new StreamBounds(version, version + 1, now.tombstoned()));
        }
    }

    private void change(StreamId stream, Optional<Position> position, StreamBounds after) {
        StreamBounds before = bounds(stream);
        if (!after.equals(before)) {
            steps.add(new NewBounds(stream, position, before, after));
            bounds.put(stream, after);
        }
    }

    private void diverge(StreamId stream, long version, String why) {
        if (diverged == null) {
            diverged = new Diverged(stream, version, why);
        }
    }

    private void checkPositions(Position end) {
        Position last = end;
        for (Step step : steps) {
            for (Position position : step.positions()) {
                if (!position.isAfter(last)) {
                    diverge(
                            step.stream(),
                            step.version(),
                            "position %s cannot be kept: the log has come to %s".formatted(position, last));
                }
                last = position;
            }
        }
    }
}
