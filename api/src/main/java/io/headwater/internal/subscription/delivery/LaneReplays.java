package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.internal.subscription.parking.Replay;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The streams of a lane whose parked events are to be handled again, one after the other. For the lane's task. */
final class LaneReplays {
    private final FailureHandling failures;
    private final Queue<StreamId> wanted = new ConcurrentLinkedQueue<>();
    private @Nullable Replay current;

    LaneReplays(FailureHandling failures) {
        this.failures = failures;
    }

    /** Has a stream replayed when it is its turn. Any thread. */
    void want(StreamId stream) {
        wanted.add(stream);
    }

    /** Whether there is one under way, or to begin. */
    boolean isWanted() {
        return current != null || !wanted.isEmpty();
    }

    /** Whether what is handled now is part of a replay. */
    boolean isUnderWay() {
        return current != null;
    }

    /** Begins with the next stream, if none is under way and there is one. */
    void begin() {
        StreamId stream = wanted.peek();
        if (current == null && stream != null) {
            current = failures.replay(stream);
            wanted.remove();
        }
    }

    /** The next event of the replay that is under way; empty if that is over now. */
    Optional<RecordedEvent> next() {
        Replay replay = current;
        if (replay == null) {
            return Optional.empty();
        }
        Optional<RecordedEvent> event = replay.next();
        if (event.isEmpty()) {
            replay.end();
            current = null;
        }
        return event;
    }

    /** An event of the replay was handled, or skipped. */
    void done(RecordedEvent event) {
        failures.replayed(event);
        if (current != null) {
            current.advance();
        }
    }

    /** An event of the replay was parked again, and what is behind it stays parked. */
    void giveUp() {
        if (current != null) {
            current.giveUp();
        }
    }

    /** At the end: what is left of the replay stays parked until the next beginning. */
    void leave() {
        current = null;
    }
}
