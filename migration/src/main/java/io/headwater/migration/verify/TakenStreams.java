package io.headwater.migration.verify;

import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.StreamState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of the source that a migration takes, under the ids that they get, in the order of those. Only if streams get other ids,
 * all of them are held in memory, to be sorted.
 */
final class TakenStreams implements Iterator<StreamState> {
    private final Iterator<StreamState> all;
    private final Rewriting rewriting;
    private @Nullable StreamState next;

    TakenStreams(Iterator<StreamState> all, Rewriting rewriting) {
        this.all = rewriting.renamesStreams() ? sorted(all, rewriting) : all;
        this.rewriting = rewriting.renamesStreams() ? Rewriting.NOTHING : rewriting;
        this.next = taken();
    }

    private static Iterator<StreamState> sorted(Iterator<StreamState> all, Rewriting rewriting) {
        List<StreamState> streams = new ArrayList<>();
        all.forEachRemaining(state -> {
            if (rewriting.accepts(state.stream())) {
                streams.add(state.as(rewriting.renamed(state.stream())));
            }
        });
        streams.sort(Comparator.comparing(StreamState::stream));
        return streams.iterator();
    }

    private @Nullable StreamState taken() {
        while (all.hasNext()) {
            StreamState state = all.next();
            if (rewriting.accepts(state.stream())) {
                return state;
            }
        }
        return null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public StreamState next() {
        StreamState state = next;
        if (state == null) {
            throw new NoSuchElementException("no more streams");
        }
        next = taken();
        return state;
    }
}
