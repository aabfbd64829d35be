package io.headwater.migration.store;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * Hides the beginnings of streams, and ends streams, so that calls can be repeated.
 *
 * <p>In place of events that a scavenge removed in the source, it appends {@link Fillers}, which the truncation that follows hides.
 */
final class EmptiedStreams {
    private static final int MAX_FILLERS = 100;
    private static final int MAX_RACES = 100;

    private final EventStore store;

    EmptiedStreams(EventStore store) {
        this.store = store;
    }

    /** Hides what lies before a version. */
    void truncate(StreamId stream, long first) throws Misfit {
        StreamState state = StreamState.read(store, stream);
        if (state.tombstoned() || state.first() >= first) {
            return;
        }
        advance(stream, first - 1);
        admin(stream, first).truncateBefore(stream, first);
    }

    void tombstone(StreamId stream) throws Misfit {
        if (StreamState.read(store, stream).tombstoned()) {
            return;
        }
        try {
            admin(stream, 1).tombstone(stream, ExpectedVersion.any());
        } catch (StreamDeleted already) {
            // Another process did it.
        }
    }

    /** Brings a stream to this version, if it is at a lower one. */
    void advance(StreamId stream, long version) throws Misfit {
        for (int races = 0; races < MAX_RACES; ) {
            StreamState state = StreamState.read(store, stream);
            if (state.tombstoned() || state.version() >= version) {
                return;
            }
            admin(stream, state.version() + 1);
            races += append(stream, state.version(), version) ? 0 : 1;
        }
        throw new Misfit(stream, version, "another process appends to the stream");
    }

    private boolean append(StreamId stream, long from, long to) {
        List<EventData> fillers = new ArrayList<>();
        for (long version = from + 1; version <= Math.min(to, from + MAX_FILLERS); version++) {
            fillers.add(Fillers.at(stream, version));
        }
        return !(store.tryAppend(AppendRequest.to(stream, ExpectedVersion.exactly(from), fillers)) instanceof Conflict);
    }

    private StreamAdmin admin(StreamId stream, long version) throws Misfit {
        return store.facet(StreamAdmin.class)
                .orElseThrow(() -> new Misfit(
                        stream,
                        version,
                        "the store '" + store.backend() + "' cannot hide events, as it would have to"));
    }
}
