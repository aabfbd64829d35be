package io.headwater.migration.verify;

import io.headwater.RecordedEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events that one log has and the other did not have at that place. The other may have them later. An event that both stores hide
 * may have been scavenged in one of them, which is no difference.
 */
final class Unmatched {
    private static final int MAX = 10_000;

    private final Predicate<RecordedEvent> hidden;
    private final Consumer<RecordedEvent> lacking;
    private final Map<Place, RecordedEvent> events = new LinkedHashMap<>();

    /**
     * Events of one of the stores.
     *
     * @param hidden whether both stores hide an event
     * @param lacking what is told of an event that the other store lacks
     */
    Unmatched(Predicate<RecordedEvent> hidden, Consumer<RecordedEvent> lacking) {
        this.hidden = hidden;
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
        if (!hidden.test(event)) {
            lacking.accept(event);
        }
    }
}
