package io.headwater.migration.copy;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.ListedStreams;
import io.headwater.migration.store.StreamState;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Finds out by the catalogs which streams hide events in the source and not yet in the target. Each page of the catalog MUST be read
 * before the copy reaches the head that follows it: what a stream then lacks in the target was scavenged in the source.
 */
final class HiddenStreams {
    private static final int PAGE = 500;

    private final Iterator<StreamState> states;
    private final EventStore target;
    private final Rewriting rewriting;
    private final Accepted accepted;
    private final Gaps gaps;
    private final boolean canHide;

    private HiddenStreams(
            Iterator<StreamState> states, EventStore target, Rewriting rewriting, Gaps gaps, Accepted accepted) {
        this.states = states;
        this.target = target;
        this.accepted = accepted;
        this.rewriting = rewriting;
        this.gaps = gaps;
        this.canHide = target.capabilities().supports(Capability.STREAM_ADMIN);
    }

    /** Empty if the source has no catalog, or hides nothing. */
    static Optional<HiddenStreams> of(EventStore source, EventStore target, Rewriting rewriting, Accepted accepted) {
        return source.capabilities().supports(Capability.STREAM_ADMIN)
                ? ListedStreams.of(source)
                        .map(states -> new HiddenStreams(
                                states, target, rewriting, new Gaps(source, target, rewriting, accepted), accepted))
                : Optional.empty();
    }

    /** The next few streams of the source that hide something; none at the end. */
    List<StreamState> next() {
        List<StreamState> page = new ArrayList<>();
        while (page.size() < PAGE && states.hasNext()) {
            StreamState state = states.next();
            if (state.hides() && rewriting.accepts(state.stream())) {
                page.add(state);
            }
        }
        return page;
    }

    /** What is to be done in the target so that it hides the same. */
    List<Change> changes(List<StreamState> page, Position at) {
        List<Change> changes = new ArrayList<>();
        for (StreamState state : page) {
            StreamState wanted = state.as(rewriting.renamed(state.stream()));
            change(wanted, StreamState.read(target, wanted.stream()), at).ifPresent(changes::add);
        }
        return changes;
    }

    private Optional<Change> change(StreamState source, StreamState there, Position at) {
        if (source.tombstoned()) {
            return there.tombstoned() ? Optional.empty() : Optional.of(tombstone(source, at));
        }
        if (there.tombstoned() || there.first() > source.first()) {
            throw new MigrationRefused(
                    Block.TARGET_DIVERGES,
                    "stream '%s' hides events in the target that the source shows".formatted(source.stream()));
        }
        return there.first() == source.first() ? Optional.empty() : truncation(source, there, at);
    }

    private Change tombstone(StreamState source, Position at) {
        if (!canHide) {
            throw new MigrationRefused(Block.TOMBSTONE, "stream '" + source.stream() + "' is tombstoned");
        }
        return new Tombstoned(at, source.stream());
    }

    private Optional<Change> truncation(StreamState source, StreamState there, Position at) {
        if (!canHide) {
            accepted.require(Loss.TRUNCATION, "stream '" + source.stream() + "'");
            return Optional.empty();
        }
        if (there.version() < source.first() - 1) {
            gaps.require(source.stream(), there.version() + 1, source.first() - 1);
        }
        return Optional.of(new Truncated(at, source.stream(), source.first()));
    }
}
