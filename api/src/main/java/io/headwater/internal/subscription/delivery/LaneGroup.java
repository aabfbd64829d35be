package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.internal.subscription.delivery.LaneQueue.Unfinished;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lanes of a run, each for its streams. For the dispatcher's task, where nothing else is said. */
final class LaneGroup {
    private final Lane[] lanes;

    LaneGroup(int size, LaneContext context) {
        lanes = Stream.generate(() -> new Lane(context)).limit(size).toArray(Lane[]::new);
    }

    /**
     * Queues events, each in the lane of its stream.
     *
     * @param events of a page
     * @param wanted whether an event is to be handled
     * @param before the position before the first
     * @param last whether the caller has nothing else to do, so that a lane may go on with its thread
     */
    void add(List<RecordedEvent> events, Predicate<RecordedEvent> wanted, Position before, boolean last) {
        LaneShare[] shares = Arrays.stream(lanes).map(lane -> new LaneShare()).toArray(LaneShare[]::new);
        Position previous = before;
        for (RecordedEvent event : events) {
            if (wanted.test(event)) {
                shares[indexOf(event.stream())].add(event, previous);
            }
            previous = event.position();
        }
        for (int i = 0; i < lanes.length; i++) {
            add(lanes[i], shares[i], last);
        }
    }

    private static void add(Lane lane, LaneShare share, boolean last) {
        if (!share.isEmpty()) {
            lane.queue().add(share);
            if (last) {
                lane.signalNext();
            } else {
                lane.signal();
            }
        }
    }

    /** The upper bits of a text's hash vary little among short names. */
    private int indexOf(StreamId stream) {
        if (lanes.length == 1) {
            return 0;
        }
        int hash = stream.hashCode() * 0x9E3779B1;
        return Math.floorMod(hash ^ (hash >>> 16), lanes.length);
    }

    void replay(StreamId stream) {
        lanes[indexOf(stream)].replay(stream);
    }

    Stream<Lane> stream() {
        return Arrays.stream(lanes);
    }

    /** Any thread. */
    boolean any(Predicate<Lane> property) {
        for (Lane lane : lanes) {
            if (property.test(lane)) {
                return true;
            }
        }
        return false;
    }

    /** Number of events that were finished. Any thread. */
    long finished() {
        return stream().mapToLong(lane -> lane.queue().finished()).sum();
    }

    /** The position before the first unfinished event, if that is not after this one. Any thread. */
    Position finishedUpTo(Position read) {
        Position reached = read;
        for (Lane lane : lanes) {
            Unfinished first = lane.queue().unfinished();
            if (first != null) {
                reached = earlier(reached, first.before());
            }
        }
        return reached;
    }

    /** The positions of all events that are queued and not finished. */
    Set<Position> unfinished() {
        return stream()
                .flatMap(lane -> lane.queue().rest().stream())
                .map(RecordedEvent::position)
                .collect(Collectors.toSet());
    }

    /**
     * How far lanes that are behind come up to the furthest one before the end: not past one that is stuck, which keeps the
     * checkpoint back.
     */
    Position commonEnd() {
        if (lanes.length == 1) {
            return Position.START;
        }
        Position furthest = Position.START;
        Position stuck = Position.END;
        for (Lane lane : lanes) {
            Position finished = lane.queue().lastFinished();
            furthest = finished.isAfter(furthest) ? finished : furthest;
            Unfinished first = lane.queue().unfinished();
            if (first != null && lane.isStuck()) {
                stuck = earlier(stuck, first.before());
            }
        }
        return earlier(furthest, stuck);
    }

    private static Position earlier(Position one, Position other) {
        return one.isAfter(other) ? other : one;
    }
}
