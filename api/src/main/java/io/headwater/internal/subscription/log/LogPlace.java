package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of the log at a position that the store gave, found without computing other positions.
 *
 * @param before the last event before the position
 * @param at the event at the position
 */
public record LogPlace(Optional<RecordedEvent> before, Optional<RecordedEvent> at) {

    /** Reads two events of the log. Blocks. */
    public static LogPlace read(EventStore store, Position position) {
        Optional<RecordedEvent> before = first(store, LogQuery.all().before(position));
        Optional<RecordedEvent> next = first(store, LogQuery.all().after(positionOf(before)));
        return new LogPlace(before, next.filter(event -> event.position().equals(position)));
    }

    /** Returns the first event that a query finds. */
    static Optional<RecordedEvent> first(EventStore store, LogQuery query) {
        try (Stream<RecordedEvent> events = store.log(query.limit(1))) {
            return events.findFirst();
        }
    }

    private static Position positionOf(Optional<RecordedEvent> event) {
        return event.map(RecordedEvent::position).orElse(Position.START);
    }

    /** Returns the position of the event before; {@link Position#START} if there is none. */
    public Position positionBefore() {
        return positionOf(before);
    }

    /** Returns the last event at or before the position. */
    Optional<RecordedEvent> upTo() {
        return at.or(() -> before);
    }
}
