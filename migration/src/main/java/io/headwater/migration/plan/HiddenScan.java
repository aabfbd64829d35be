package io.headwater.migration.plan;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.ListedStreams;
import io.headwater.migration.store.Replicas;
import io.headwater.migration.store.StreamState;
import io.headwater.spi.Fidelity;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Counts the events that streams hide, and those of them that a scavenge has removed. */
final class HiddenScan {
    /** More streams that hide events are not looked at: they would take too much memory. */
    private static final int MAX_STREAMS = 100_000;

    private final Map<StreamId, Hidden> streams = new HashMap<>();
    private final EventStore source;
    private final Rewriting rewriting;
    private final boolean canHide;
    private final boolean canAdvance;
    private final Findings findings;

    /** A stream, and how many of its hidden events were met. */
    private static final class Hidden {
        private final StreamState state;
        private long met;

        Hidden(StreamState state) {
            this.state = state;
        }
    }

    HiddenScan(EventStore source, EventStore target, Rewriting rewriting, Findings findings) {
        this.rewriting = rewriting;
        this.source = source;
        this.canHide = target.capabilities().supports(Capability.STREAM_ADMIN);
        this.canAdvance = Replicas.of(target).fidelity().contains(Fidelity.VERSIONS);
        this.findings = findings;
        ListedStreams.of(source).ifPresent(this::list);
    }

    private void list(Iterator<StreamState> states) {
        while (states.hasNext() && streams.size() < MAX_STREAMS) {
            StreamState state = states.next();
            if (rewriting.accepts(state.stream())) {
                take(state, rewriting.renamed(state.stream()));
            }
        }
    }

    private void take(StreamState state, StreamId renamed) {
        if (state.hides()) {
            streams.put(renamed, new Hidden(state.as(renamed)));
        }
        if (!renamed.equals(state.stream()) && isTaken(renamed)) {
            findings.add(Block.NAME_COLLISION, "streams '%s' and '%s'".formatted(state.stream(), renamed));
        }
    }

    /** Whether a stream of the source has this id, and keeps it. */
    private boolean isTaken(StreamId id) {
        StreamState state = StreamState.read(source, id);
        boolean exists = state.version() > 0 || state.tombstoned();
        return exists && rewriting.accepts(id) && rewriting.renamed(id).equals(id);
    }

    void take(RecordedEvent event) {
        Hidden hidden = streams.get(event.stream());
        if (hidden != null && event.version() < hidden.state.first()) {
            hidden.met++;
            findings.add(Note.HIDDEN, 1);
        }
    }

    /** All events were met. */
    void settle() {
        streams.values().forEach(this::settle);
    }

    private void settle(Hidden hidden) {
        StreamState state = hidden.state;
        String stream = "stream '" + state.stream() + "'";
        if (!canHide) {
            findings.add(state.tombstoned() ? Block.TOMBSTONE : Loss.TRUNCATION, stream);
        }
        long removed = state.first() - 1 - hidden.met;
        if (!state.tombstoned() && removed > 0 && !canAdvance) {
            findings.add(Loss.VERSIONS, stream + ": " + removed + " events");
        }
    }
}
