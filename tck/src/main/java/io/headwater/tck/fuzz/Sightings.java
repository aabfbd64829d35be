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

/** Every event that a store showed or told of: it must be the same, and at the same place, every time (A8, G9). */
final class Sightings {
    private final Map<Place, Position> positions = new HashMap<>();
    private final Map<Place, RecordedEvent> events = new HashMap<>();
    private Position last = Position.START;

    private record Place(StreamId stream, long version) {}

    /** For a thread that begins with what is known now. */
    Sightings fork() {
        Sightings fork = new Sightings();
        fork.join(this);
        return fork;
    }

    /** Takes over what another thread was told: it must be the same where both were told something. */
    void join(Sightings other) {
        other.positions.forEach(this::place);
        other.events.values().forEach(this::seen);
    }

    /** An append's answer: new events have a new place behind all others, repeated ones their old. */
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

    /** Neighbours in the log. */
    static void ascending(List<RecordedEvent> events, boolean forwards) {
        for (int i = 1; i < events.size(); i++) {
            Position left = events.get(i - 1).position();
            Position right = events.get(i).position();
            Expect.ascending("positions along the log", forwards ? left : right, forwards ? right : left);
        }
    }

    /** Those that were recorded at this time or later lie behind the position that the time has (G10). */
    static void beginAfter(Position position, Instant time, List<RecordedEvent> events) {
        events.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .forEach(event -> Expect.ascending(
                        "position of %s, and an event of then or later".formatted(time), position, event.position()));
    }

    /** The highest position of all. */
    Position last() {
        return last;
    }
}
