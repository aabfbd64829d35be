package io.headwater.migration.verify;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.migration.store.StreamState;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Compares the streams of two catalogs, both in the order of their ids. */
final class CatalogComparison {
    private final EventStore source;
    private final EventStore target;
    private final Extent extent;
    private final Iterator<StreamState> ours;
    private final Iterator<StreamState> theirs;
    private final Differences found;
    private @Nullable StreamState our;
    private @Nullable StreamState their;
    private long compared;

    CatalogComparison(
            EventStore source,
            EventStore target,
            Extent extent,
            Iterator<StreamState> ours,
            Iterator<StreamState> theirs,
            Differences found) {
        this.source = source;
        this.target = target;
        this.extent = extent;
        this.ours = ours;
        this.theirs = theirs;
        this.found = found;
        this.our = next(ours);
        this.their = next(theirs);
    }

    private static @Nullable StreamState next(Iterator<StreamState> states) {
        return states.hasNext() ? states.next() : null;
    }

    long compared() {
        return compared;
    }

    /** Compares the next stream; false at the end of both. */
    boolean step() {
        StreamState ourState = our;
        StreamState theirState = their;
        if (ourState == null && theirState == null) {
            return false;
        }
        int order = order(ourState, theirState);
        if (ourState != null && theirState != null && order == 0) {
            compare(ourState, theirState);
        } else if (ourState != null && order < 0) {
            compare(ourState, new StreamState(ourState.stream(), 0, 1, false));
        } else if (theirState != null) {
            extra(theirState);
        }
        our = order <= 0 ? next(ours) : ourState;
        their = order >= 0 ? next(theirs) : theirState;
        return true;
    }

    private static int order(@Nullable StreamState ours, @Nullable StreamState theirs) {
        if (ours == null || theirs == null) {
            return ours == null ? 1 : -1;
        }
        return ours.stream().compareTo(theirs.stream());
    }

    private void compare(StreamState ours, StreamState theirs) {
        compared++;
        boolean bothEnded = ours.tombstoned() && theirs.tombstoned();
        boolean equal = bothEnded
                || (ours.tombstoned() == theirs.tombstoned()
                        && ours.version() == theirs.version()
                        && ours.first() == theirs.first());
        if (!equal && !isLater(ours, theirs)) {
            found.accept(Difference.ofStream(
                    ours.stream(), "in the source " + text(ours) + ", in the target " + text(theirs)));
        }
    }

    private static String text(StreamState state) {
        if (state.tombstoned()) {
            return "it is tombstoned";
        }
        return state.version() == 0
                ? "it was never written"
                : "it is at version %s and begins with %s".formatted(state.version(), state.first());
    }

    /** Whether the source was appended to since it was copied, and what was copied is equal. */
    private boolean isLater(StreamState ours, StreamState theirs) {
        if (ours.version() <= theirs.version() || ours.first() > theirs.first() || ours.tombstoned()) {
            return false;
        }
        StreamState original = ours.as(extent.rewriting().original(ours.stream()));
        return read(source, original, ReadOptions.forwards().from(theirs.version() + 1), extent.copied());
    }

    /** Of a target that had streams of its own, only those are told that were written since. */
    private void extra(StreamState theirs) {
        boolean empty = extent.began().equals(Position.START);
        if (empty || read(target, theirs, ReadOptions.backwards(), extent.began())) {
            found.accept(Difference.ofStream(theirs.stream(), "only the target has it"));
        }
    }

    private static boolean read(EventStore store, StreamState state, ReadOptions options, Position after) {
        try {
            return store.readStream(state.stream(), options.limit(1)).events().stream()
                    .map(RecordedEvent::position)
                    .anyMatch(position -> position.isAfter(after));
        } catch (StreamDeleted tombstoned) {
            return false;
        }
    }
}
