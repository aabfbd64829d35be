package io.headwater.migration;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an input whose lines have no ids is one that was imported before. Where it goes on behind lines that are
 * stored, it may be the same one again, interrupted or grown: then no other line was ever imported behind those. Otherwise
 * it is another input that begins alike, whose first lines would be taken for repeats.
 *
 * <p>That is looked for in the log once, where the first line is new. What follows has ids that no other input has.
 */
final class Lineage {
    private final EventStore store;
    private @Nullable EventLine lastStored;
    private @Nullable EventLine firstNew;
    private boolean settled;

    Lineage(EventStore store) {
        this.store = store;
    }

    /** The next line, and whether the store held it before. */
    void at(EventLine line, boolean stored) {
        if (settled || !line.idDerived()) {
            return;
        }
        if (stored) {
            lastStored = line;
            firstNew = null;
        } else if (firstNew == null) {
            firstNew = line;
        }
    }

    /** This import has stored this line. */
    void written(EventLine line) {
        settled |= line.idDerived();
    }

    /**
     * Must be called before anything behind the lines is stored.
     *
     * @throws AnotherInput if the input begins like another one
     */
    void refuseAnother() {
        EventLine known = lastStored;
        EventLine next = firstNew;
        firstNew = null;
        if (settled || known == null || next == null) {
            return;
        }
        if (isFollowedByAnotherInput(next, position(known))) {
            throw new AnotherInput(known, next);
        }
        settled = true;
    }

    private boolean isFollowedByAnotherInput(EventLine line, Position after) {
        try (Stream<RecordedEvent> later = store.log(LogQuery.all().after(after))) {
            return later.anyMatch(event ->
                    DerivedIds.followTheSameLines(event.id(), line.event().id()));
        }
    }

    private Position position(EventLine line) {
        try (Stream<RecordedEvent> events = store.stream(line.stream(), ReadOptions.forwards())) {
            return events.filter(event -> event.id().equals(line.event().id()))
                    .findFirst()
                    .map(RecordedEvent::position)
                    .orElse(Position.START);
        }
    }
}
