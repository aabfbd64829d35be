package io.headwater.tck.fuzz;

import io.headwater.AppendResult;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers every event and position that a store returned. An event must be the same, at the same position, each time
 * (A8, G9).
 */
final class Sightings {
    private final Map<Place, Position> positions = new HashMap<>();
    private final Map<Place, RecordedEvent> events = new HashMap<>();
    private Position last = Position.START;

    private record Place(StreamId stream, long version) {}

    /** Returns a copy for another thread. */
    Sightings fork() {
        Sightings fork = new Sightings();
        fork.join(this);
        return fork;
    }

    /** Adds what another thread remembers. Both must agree on each event that both have seen. */
    void join(Sightings other) {
        other.positions.forEach(this::place);
        other.events.values().forEach(this::seen);
    }

    /**
     * Adds the result of an append. New events have a position after all others, repeated ones have their old position.
     */
    void appended(AppendResult result) {
        Position before = last;
        place(new Place(result.stream(), result.version()), result.position());
        if (!result.replayed()) {
            Expect.ascending("position of a new append to '" + result.stream() + "'", before, result.position());
        }
    }

    void seen(RecordedEvent event) {
        Place place = new Place(event.stream(), event.version());
        place(place, event.position());
        RecordedEvent before = events.putIfAbsent(place, event);
        if (before != null) {
            Expect.equal("'%s' version %s, read again".formatted(event.stream(), event.version()), before, event);
        }
    }

    private void place(Place place, Position position) {
        Position before = positions.putIfAbsent(place, position);
        if (before != null) {
            Expect.equal("position of '%s' version %s".formatted(place.stream(), place.version()), before, position);
        }
        last = position.isAfter(last) ? position : last;
    }

    /** Adds events that are consecutive in the log. */
    static void ascending(List<RecordedEvent> events, boolean forwards) {
        for (int i = 1; i < events.size(); i++) {
            Position left = events.get(i - 1).position();
            Position right = events.get(i).position();
            Expect.ascending("positions along the log", forwards ? left : right, forwards ? right : left);
        }
    }

    /** Checks that the events recorded at this time or later lie after the position of the time (G10). */
    static void beginAfter(Position position, Instant time, List<RecordedEvent> events) {
        events.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .forEach(event -> Expect.ascending(
                        "position of %s, and an event of then or later".formatted(time), position, event.position()));
    }

    /** Returns the greatest position. */
    Position last() {
        return last;
    }
}
