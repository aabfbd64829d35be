package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.internal.subscription.parking.Replay;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The streams of a lane whose parked events are to be replayed, one stream after the other. For the lane's task. */
final class ReplayWork implements LaneWork {
    private final FailureHandling failures;
    private final Queue<StreamId> requested = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Replay current;

    ReplayWork(FailureHandling failures) {
        this.failures = failures;
    }

    /** Requests the replay of a stream. Any thread. */
    void request(StreamId stream) {
        requested.add(stream);
    }

    /** Returns whether a replay is in progress, or has to begin. Any thread. */
    boolean isRequested() {
        return current != null || !requested.isEmpty();
    }

    boolean isUnderWay() {
        return current != null;
    }

    /** Begins the replay of the next stream, if there is one and no replay is in progress. */
    void begin() {
        StreamId stream = requested.peek();
        if (current == null && stream != null) {
            current = failures.replay(stream);
            requested.remove();
        }
    }

    /** Returns no event if the replay has ended. */
    @Override
    public List<RecordedEvent> next() {
        Replay replay = current;
        if (replay == null) {
            return List.of();
        }
        List<RecordedEvent> events = replay.next().stream().toList();
        if (events.isEmpty()) {
            replay.end();
            current = null;
        }
        return events;
    }

    @Override
    public void handled(List<RecordedEvent> events) {
        failures.replayed(events.get(0));
        Replay replay = current;
        if (replay != null) {
            replay.advance();
        }
    }

    /** Called when the last attempt failed. An event that is parked again remains parked, and so do the events behind it. */
    @Override
    public boolean giveUp(RecordedEvent event, int attempts, Throwable failure) {
        boolean goesOn = failures.giveUp(event, attempts, failure, true);
        Replay replay = current;
        if (goesOn && !failures.parks()) {
            handled(List.of(event));
        } else if (goesOn && replay != null) {
            replay.giveUp();
        }
        return goesOn;
    }

    /** Leaves the replay at the end of a run. The events that are left remain parked until the next run. */
    void leave() {
        current = null;
    }
}
