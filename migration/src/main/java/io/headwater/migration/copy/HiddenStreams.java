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
import java.util.Collections;
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
    private final EventStore source;
    private final EventStore target;
    private final Rewriting rewriting;
    private final Gaps gaps;
    private final Accepted accepted;
    private final Patience patience;
    private final boolean canHide;

    HiddenStreams(
            EventStore source,
            EventStore target,
            Rewriting rewriting,
            Gaps gaps,
            Accepted accepted,
            Patience patience) {
        this.source = source;
        this.target = target;
        this.rewriting = rewriting;
        this.gaps = gaps;
        this.accepted = accepted;
        this.patience = patience;
        this.canHide = target.capabilities().supports(Capability.STREAM_ADMIN);
        this.states = patience.call(() -> states(source));
    }

    /** None if the source has no catalog, or hides nothing. */
    private static Iterator<StreamState> states(EventStore source) {
        Optional<Iterator<StreamState>> listed = ListedStreams.of(source).map(streams -> streams);
        return source.capabilities().supports(Capability.STREAM_ADMIN)
                ? listed.orElseGet(Collections::emptyIterator)
                : Collections.emptyIterator();
    }

    /** The next few streams of the source that hide something; none at the end. */
    List<StreamState> next() {
        List<StreamState> page = new ArrayList<>();
        while (page.size() < PAGE && patience.call(states::hasNext)) {
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
            patience.call(() -> change(state, at)).ifPresent(changes::add);
        }
        return changes;
    }

    private Optional<Change> change(StreamState listed, Position at) {
        StreamState there = StreamState.read(target, rewriting.renamed(listed.stream()));
        if (listed.tombstoned()) {
            return there.tombstoned() ? Optional.empty() : Optional.of(tombstone(there, at));
        }
        if (there.tombstoned() || there.first() > listed.first()) {
            refuseUnlessSince(listed, there);
            return Optional.empty();
        }
        return there.first() == listed.first() ? Optional.empty() : truncation(listed.as(there.stream()), there, at);
    }

    /** The source may have hidden more since its catalog was read, and the copy of its changes brought that already. */
    private void refuseUnlessSince(StreamState listed, StreamState there) {
        StreamState now = StreamState.read(source, listed.stream());
        if (there.tombstoned() != now.tombstoned() || there.first() > now.first()) {
            throw new MigrationRefused(
                    Block.TARGET_DIVERGES,
                    "stream '%s' hides events in the target that the source shows".formatted(listed.stream()));
        }
    }

    private Change tombstone(StreamState there, Position at) {
        if (!canHide) {
            throw new MigrationRefused(Block.TOMBSTONE, "stream '" + there.stream() + "' is tombstoned");
        }
        return new Tombstoned(at, there.stream());
    }

    private Optional<Change> truncation(StreamState wanted, StreamState there, Position at) {
        if (!canHide) {
            accepted.require(Loss.TRUNCATION, "stream '" + wanted.stream() + "'");
            return Optional.empty();
        }
        if (there.version() < wanted.first() - 1) {
            gaps.require(wanted.stream(), there.version() + 1, wanted.first() - 1);
        }
        return Optional.of(new Truncated(at, wanted.stream(), wanted.first()));
    }
}
