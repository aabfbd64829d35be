package io.headwater.migration.verify;

import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.migration.store.StreamState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events that one log has and the other did not have at that place. The other may have them later. An event that both stores hide
 * may have been scavenged in one of them, which is no difference.
 */
final class Unmatched {
    private static final int MAX = 10_000;

    private final EventStore store;
    private final EventStore other;
    private final Consumer<RecordedEvent> lacking;
    private final Map<Place, RecordedEvent> events = new LinkedHashMap<>();

    /**
     * Events of this store.
     *
     * @param lacking what is told of an event that the other store lacks
     */
    Unmatched(EventStore store, EventStore other, Consumer<RecordedEvent> lacking) {
        this.store = store;
        this.other = other;
        this.lacking = lacking;
    }

    void add(RecordedEvent event) {
        events.put(Place.of(event), event);
        if (events.size() > MAX) {
            Iterator<RecordedEvent> eldest = events.values().iterator();
            settle(eldest.next());
            eldest.remove();
        }
    }

    /** The event at the same place in its stream, which is no longer unmatched; null if there is none. */
    @Nullable
    RecordedEvent remove(RecordedEvent wanted) {
        return events.isEmpty() ? null : events.remove(Place.of(wanted));
    }

    /** No more events come: what is left has none in the other store. */
    void settle() {
        events.values().forEach(this::settle);
        events.clear();
    }

    private void settle(RecordedEvent event) {
        if (!hides(store, event) || !hides(other, event)) {
            lacking.accept(event);
        }
    }

    private static boolean hides(EventStore store, RecordedEvent event) {
        StreamState state = StreamState.read(store, event.stream());
        return state.tombstoned() || (event.version() <= state.version() && event.version() < state.first());
    }
}
