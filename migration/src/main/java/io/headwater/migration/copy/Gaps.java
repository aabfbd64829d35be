package io.headwater.migration.copy;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.Replicas;
import io.headwater.migration.store.StreamState;
import io.headwater.spi.Applied.Diverged;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.Fidelity;
import java.util.ArrayList;
import java.util.List;

/** Tells events that a scavenge removed in the source from events that the target should have and does not. */
final class Gaps {
    private final EventStore source;
    private final EventStore target;
    private final Rewriting rewriting;
    private final Accepted accepted;

    Gaps(EventStore source, EventStore target, Rewriting rewriting, Accepted accepted) {
        this.rewriting = rewriting;
        this.source = source;
        this.target = target;
        this.accepted = accepted;
    }

    /**
     * Returns the changes with an advance before the one that did not fit, if nothing is left in the source of what lies between.
     *
     * @throws MigrationRefused if the target has something else
     */
    List<Change> bridged(List<Change> changes, Diverged diverged) {
        int index = index(changes, diverged);
        long reached = reached(changes.subList(0, index), diverged);
        if (index == changes.size() || reached >= diverged.version() - 1) {
            throw refused(diverged, diverged.why());
        }
        if (isInSource(rewriting.original(diverged.stream()), reached + 1, diverged.version())) {
            throw refused(diverged, "the target ends with version " + reached + ", and the source has events between");
        }
        require(diverged.stream(), reached + 1, diverged.version() - 1);
        List<Change> bridged = new ArrayList<>(changes);
        bridged.add(index, new Advanced(diverged.stream(), diverged.version() - 1));
        return bridged;
    }

    private static int index(List<Change> changes, Diverged diverged) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Appended append && firstOf(append, diverged.stream()) == diverged.version()) {
                return i;
            }
        }
        return changes.size();
    }

    private static long firstOf(Appended append, StreamId stream) {
        return append.writes().stream()
                .filter(write -> write.stream().equals(stream))
                .mapToLong(write -> write.afterVersion() + 1)
                .findFirst()
                .orElse(0);
    }

    /** The version of the stream in the target when all that comes before is applied, of which nothing may be yet. */
    private long reached(List<Change> before, Diverged diverged) {
        StreamState state = StreamState.read(target, diverged.stream());
        if (state.tombstoned()) {
            throw refused(diverged, "the stream is tombstoned in the target");
        }
        long applied = before.stream()
                .mapToLong(change -> reachedBy(change, diverged.stream()))
                .max()
                .orElse(0);
        return Math.max(state.version(), applied);
    }

    private static long reachedBy(Change change, StreamId stream) {
        if (change instanceof Advanced advanced) {
            return advanced.stream().equals(stream) ? advanced.version() : 0;
        }
        return change instanceof Appended append
                ? append.writes().stream()
                        .filter(write -> write.stream().equals(stream))
                        .mapToLong(Write::version)
                        .max()
                        .orElse(0)
                : 0;
    }

    private boolean isInSource(StreamId stream, long from, long before) {
        try {
            return source.readStream(stream, ReadOptions.forwards().from(from).limit(1)).events().stream()
                    .anyMatch(event -> event.version() < before);
        } catch (StreamDeleted tombstoned) {
            return false;
        }
    }

    /** Must be called before the place of scavenged events is taken by others. */
    void require(StreamId stream, long from, long to) {
        if (!Replicas.of(target).fidelity().contains(Fidelity.VERSIONS)) {
            accepted.require(Loss.VERSIONS, "versions %s to %s of stream '%s'".formatted(from, to, stream));
        }
    }

    private static MigrationRefused refused(Diverged diverged, String why) {
        return new MigrationRefused(
                Block.TARGET_DIVERGES,
                "version %s of stream '%s' does not fit the target: %s"
                        .formatted(diverged.version(), diverged.stream(), why));
    }
}
