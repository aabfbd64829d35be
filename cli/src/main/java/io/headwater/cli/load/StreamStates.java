package io.headwater.cli.load;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.cli.ndjson.EventLine;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of the streams that were met: read from the store on first sight, and dropped when it becomes too much,
 * the longest unused first. Dropping costs time, never correctness.
 */
final class StreamStates {
    private static final int PAGE = 1000;
    /** A stream without ids costs about as much memory as this many ids. */
    private static final int STREAM_COST = 10;
    /** Bytes of memory for an id, of which a quarter of the heap may be used. */
    private static final long HEAP_FOR_AN_ID = 4 * 40;

    private static final int MOST_COUNTED = 1_000_000;

    private final EventStore store;
    private final long mostCost;
    private final Map<StreamId, StreamState> states = new LinkedHashMap<>(1024, 0.75f, true);
    private final IdSet met = new IdSet();
    private long cost;

    StreamStates(EventStore store, long mostCost) {
        this.store = store;
        this.mostCost = mostCost;
    }

    /** As many as the heap allows. */
    static long affordableCost() {
        return Runtime.getRuntime().maxMemory() / HEAP_FOR_AN_ID;
    }

    /** Throws {@link io.headwater.StreamDeleted} for a stream that is tombstoned. */
    StreamState of(StreamId stream) {
        StreamState state = states.get(stream);
        if (state == null) {
            state = read(stream);
            states.put(stream, state);
            cost += cost(state);
            count(stream);
        }
        return state;
    }

    private StreamState read(StreamId stream) {
        StreamState state = new StreamState();
        ReadOptions options = ReadOptions.forwards().limit(PAGE);
        StreamSlice slice = store.readStream(stream, options);
        state.found(slice);
        while (slice.next().isPresent()) {
            slice = store.readStream(stream, options.from(slice.next().getAsLong()));
            state.found(slice);
        }
        return state;
    }

    private void count(StreamId stream) {
        if (met.size() < MOST_COUNTED) {
            met.add(UUID.nameUUIDFromBytes(stream.value().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** How many streams were met; counted up to a million, since every one counted takes memory. */
    int met() {
        return met.size();
    }

    void advance(StreamState state, EventLine line) {
        cost -= cost(state);
        state.advance(line);
        cost += cost(state);
    }

    void forget(StreamId stream) {
        StreamState state = states.remove(stream);
        cost -= state == null ? 0 : cost(state);
    }

    void forgetAll() {
        states.clear();
        cost = 0;
    }

    boolean areTooMany() {
        return cost > mostCost;
    }

    /** Must not be called while an append that the states anticipate is still to be made. */
    void trim() {
        Iterator<StreamState> eldest = states.values().iterator();
        while (areTooMany() && eldest.hasNext()) {
            cost -= cost(eldest.next());
            eldest.remove();
        }
    }

    private static long cost(StreamState state) {
        return (long) STREAM_COST + state.ids();
    }
}
