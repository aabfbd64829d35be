package io.headwater.migration;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is known of the streams that were met: read from the store on first sight, and dropped when it becomes too much,
 * the longest unused first. Dropping costs time, never correctness.
 *
 * <p>While nothing was dropped, a stream that was not met before need not be read if the store was empty at the beginning: it is
 * empty, or another writer appends to it, which causes a conflict.
 */
final class ImportedStreams {
    /** A stream without ids costs about as much memory as this many ids. */
    private static final int STREAM_COST = 10;
    /** Bytes of memory for an id, of which a quarter of the heap may be used. */
    private static final long HEAP_FOR_AN_ID = 4 * 80;

    private static final int MAX_COUNTED = 1_000_000;

    private final EventStore store;
    private final long maxCost;
    private final Map<StreamId, ImportedStream> states = new LinkedHashMap<>(1024, 0.75f, true);
    private final IdTable met = new IdTable(0);
    private long cost;
    private long bound;
    private boolean othersAreEmpty;

    ImportedStreams(EventStore store, long maxCost) {
        this.store = store;
        this.maxCost = maxCost;
        this.bound = maxCost;
        this.othersAreEmpty = store.head().equals(Position.START);
    }

    /** As many as the heap allows. */
    static long affordableCost() {
        return Runtime.getRuntime().maxMemory() / HEAP_FOR_AN_ID;
    }

    /** Throws {@link io.headwater.StreamDeleted} for a stream that is tombstoned. */
    ImportedStream of(StreamId stream) {
        ImportedStream state = states.get(stream);
        if (state == null) {
            state = othersAreEmpty ? new ImportedStream(0) : read(stream);
            states.put(stream, state);
            cost += cost(state);
            count(stream);
        }
        return state;
    }

    /**
     * The version is read before the rest. What another writer appends in between may be among the ids, but is never
     * missing from them while it is in the version: an append there is a conflict, and never a second time the same event.
     */
    private ImportedStream read(StreamId stream) {
        StreamSlice first = store.readStream(stream, ReadOptions.forwards().limit(1));
        ImportedStream state = new ImportedStream(first.version());
        first.events().forEach(state::found);
        if (first.next().isPresent()) {
            // Not as a list: events may be large, and only ids and hashes are kept.
            try (Stream<RecordedEvent> rest = store.stream(
                    stream, ReadOptions.forwards().from(first.next().getAsLong()))) {
                rest.forEach(state::found);
            }
        }
        return state;
    }

    private void count(StreamId stream) {
        if (met.size() < MAX_COUNTED) {
            met.add(UUID.nameUUIDFromBytes(stream.value().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** How many streams were met; counted up to a million, since every one counted takes memory. */
    int met() {
        return met.size();
    }

    void advance(ImportedStream state, EventLine line) {
        cost -= cost(state);
        state.advance(line);
        cost += cost(state);
    }

    void forget(StreamId stream) {
        othersAreEmpty = false;
        ImportedStream state = states.remove(stream);
        cost -= state == null ? 0 : cost(state);
    }

    void forgetAll() {
        othersAreEmpty = false;
        states.clear();
        cost = 0;
    }

    boolean areTooMany() {
        return cost > bound;
    }

    /**
     * Drops what is too much, but nothing that these streams need: they would have to be read again at once, and again for
     * the line after. If they alone are too much, they may become twice as much until the next call.
     *
     * <p>Must not be called while an append that the states anticipate is still to be made.
     */
    void trim(Supplier<Set<StreamId>> needed) {
        if (cost > maxCost) {
            dropAllBut(needed.get());
        }
        bound = Math.max(maxCost, 2 * cost);
    }

    private void dropAllBut(Set<StreamId> needed) {
        othersAreEmpty = false;
        Iterator<Map.Entry<StreamId, ImportedStream>> eldest = states.entrySet().iterator();
        while (cost > maxCost && eldest.hasNext()) {
            Map.Entry<StreamId, ImportedStream> entry = eldest.next();
            if (!needed.contains(entry.getKey())) {
                cost -= cost(entry.getValue());
                eldest.remove();
            }
        }
    }

    private static long cost(ImportedStream state) {
        return (long) STREAM_COST + state.ids();
    }
}
