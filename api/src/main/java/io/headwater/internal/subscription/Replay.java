package io.headwater.internal.subscription;

import io.headwater.RecordedEvent;
import java.util.List;

/** The parked events of a stream on their way through its lane, one by one. */
final class Replay {
    private final List<RecordedEvent> events;
    private int next;

    Replay(List<RecordedEvent> events) {
        this.events = events;
    }

    boolean isOver() {
        return next == events.size();
    }

    List<RecordedEvent> next() {
        return List.of(events.get(next));
    }

    void advance() {
        next++;
    }
}
