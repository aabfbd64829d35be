package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.internal.subscription.delivery.LaneQueue.Unfinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lanes of a run. Each stream belongs to one of them. For the dispatcher's task, unless stated otherwise. */
final class LaneGroup {
    private final Lane[] lanes;

    LaneGroup(int size, LaneContext context) {
        lanes = Stream.generate(() -> new Lane(context)).limit(size).toArray(Lane[]::new);
    }

    /**
     * Queues events, each in the lane of its stream. Returns the lanes that have to be signalled.
     *
     * @param events the events of a page
     * @param wanted returns whether an event is to be handled
     * @param before the position before the first event
     */
    List<Lane> add(List<RecordedEvent> events, Predicate<RecordedEvent> wanted, Position before) {
        LaneShare[] shares = Stream.generate(() -> new LaneShare(events, before))
                .limit(lanes.length)
                .toArray(LaneShare[]::new);
        for (int i = 0; i < events.size(); i++) {
            RecordedEvent event = events.get(i);
            if (wanted.test(event)) {
                shares[indexOf(event)].add(i);
            }
        }
        List<Lane> added = new ArrayList<>();
        for (int i = 0; i < lanes.length; i++) {
            if (!shares[i].isEmpty()) {
                lanes[i].queue().add(shares[i]);
                added.add(lanes[i]);
            }
        }
        return added;
    }

    private int indexOf(RecordedEvent event) {
        return lanes.length == 1 ? 0 : indexOf(event.stream());
    }

    /** Spreads hash codes: the upper bits of a text's hash vary little among short names. */
    private int indexOf(StreamId stream) {
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

    /** Returns the number of events that were finished. Any thread. */
    long finished() {
        return stream().mapToLong(lane -> lane.queue().finished()).sum();
    }

    /** Returns the position before the first unfinished event, or this position if that is earlier. Any thread. */
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

    /** Returns the positions of all events that are queued and not finished. */
    Set<Position> unfinished() {
        return stream()
                .flatMap(lane -> lane.queue().rest().stream())
                .map(RecordedEvent::position)
                .collect(Collectors.toSet());
    }

    /**
     * Returns the position up to which lanes that are behind continue before the end: that of the lane furthest ahead, but not
     * past an event that a lane cannot handle, because the checkpoint stays before that event.
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
