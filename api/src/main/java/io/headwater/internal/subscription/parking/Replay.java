package io.headwater.internal.subscription.parking;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The parked events of a stream on their way through its lane, one by one; each is read when it is its turn. */
public final class Replay {
    private final StreamId stream;
    private final ParkedStreams parked;
    private final Deque<Position> left;

    public Replay(StreamId stream, ParkedStreams parked) {
        this.stream = stream;
        this.parked = parked;
        this.left = new ArrayDeque<>(parked.of(stream));
    }

    /** The next event that is still parked; empty if the replay is at its end. The same until it {@linkplain #advance is passed}. */
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

    /** The rest stays parked. */
    public void giveUp() {
        left.clear();
    }

    public void end() {
        parked.replayed(stream);
    }
}
