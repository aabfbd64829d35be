package io.headwater.internal.subscription.parking;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The replay of a stream's parked events, one by one. Each event is read when it is needed. */
public final class Replay {
    private final StreamId stream;
    private final ParkedStreams parked;
    private final Deque<Position> left;

    public Replay(StreamId stream, ParkedStreams parked) {
        this.stream = stream;
        this.parked = parked;
        this.left = new ArrayDeque<>(parked.of(stream));
    }

    /** Returns the next event that is still parked, which is the same until {@link #advance}. Empty at the end of the replay. */
    public Optional<RecordedEvent> next() {
        Optional<RecordedEvent> event = Optional.empty();
        while (event.isEmpty() && !left.isEmpty()) {
            event = parked.event(stream, left.peek());
            if (event.isEmpty()) {
                left.remove();
            }
        }
        return event;
    }

    public void advance() {
        left.remove();
    }

    /** Ends the replay. The other events remain parked. */
    public void giveUp() {
        left.clear();
    }

    public void end() {
        parked.replayed(stream);
    }
}
