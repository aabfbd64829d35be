package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The events of a page that one lane handles, in log order, each with the position before it: that of the event before it in
 * the page, whichever lane handles that, or where the page begins. Not changed once it is queued.
 */
final class LaneShare {
    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<Position> before = new ArrayList<>();

    void add(RecordedEvent event, Position positionBefore) {
        events.add(event);
        before.add(positionBefore);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    List<RecordedEvent> events() {
        return Collections.unmodifiableList(events);
    }

    RecordedEvent event(int index) {
        return events.get(index);
    }

    Position before(int index) {
        return before.get(index);
    }
}
