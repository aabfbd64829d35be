package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The queued events of a lane, in order, and how many of them are finished. One thread adds events, another one takes them; any
 * thread may read which is the first unfinished one.
 */
final class LaneQueue {

    /**
     * The first unfinished event by position.
     *
     * @param event the event
     * @param before the position before it
     */
    record Unfinished(RecordedEvent event, Position before) {}

    /** The events of a page, in the order in which they are handled, and the same events in log order. */
    private record Chunk(List<RecordedEvent> events, LaneShare share) {
        /** Returns the first unfinished event by position, when this many events are finished. */
        Unfinished unfinished(int finished) {
            return new Unfinished(share.event(finished), share.before(finished));
        }
    }

    private final boolean perStream;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final AtomicLong finished = new AtomicLong();
    private volatile @Nullable Unfinished unfinished;
    private volatile Position lastFinished = Position.START;

    // Of the taking thread alone.
    private @Nullable Chunk current;

    /** The index of the next event in the first chunk. The thread that takes changes it under the lock of the chunks. */
    private int next;

    LaneQueue(boolean perStream) {
        this.perStream = perStream;
    }

    /** Adds at least one event. All events come after those that were added before. */
    void add(LaneShare share) {
        Chunk chunk = new Chunk(perStream ? byStream(share.events()) : share.events(), share);
        synchronized (chunks) {
            chunks.add(chunk);
            if (unfinished == null) {
                unfinished = chunk.unfinished(0);
            }
        }
    }

    private static List<RecordedEvent> byStream(List<RecordedEvent> events) {
        Map<StreamId, List<RecordedEvent>> streams = new LinkedHashMap<>();
        events.forEach(event -> streams.computeIfAbsent(event.stream(), first -> new ArrayList<>())
                .add(event));
        return streams.values().stream().flatMap(List::stream).toList();
    }

    /** Returns the first unfinished event by position; null if there is none. */
    @Nullable
    Unfinished unfinished() {
        return unfinished;
    }

    /** Returns the furthest position that was finished. */
    Position lastFinished() {
        return lastFinished;
    }

    /** Returns whether an event up to this position is unfinished. */
    boolean isBehind(Position position) {
        Unfinished first = unfinished;
        return first != null && !first.event().position().isAfter(position);
    }

    /** Returns the number of events that were finished. */
    long finished() {
        return finished.get();
    }

    /**
     * Returns the events to handle next, which are the same until they are finished. Empty if there are none. An event of a
     * parked stream is returned alone.
     *
     * @param limit where to end, except that one event is always returned
     */
    List<RecordedEvent> next(int most, Position limit, Predicate<StreamId> parked) {
        if (current == null) {
            synchronized (chunks) {
                current = chunks.peek();
            }
        }
        if (current == null) {
            return List.of();
        }
        List<RecordedEvent> events = current.events();
        return most == 1 ? List.of(events.get(next)) : events.subList(next, end(events, most, limit, parked));
    }

    private int end(List<RecordedEvent> events, int most, Position limit, Predicate<StreamId> parked) {
        StreamId first = events.get(next).stream();
        int end = next + 1;
        if (!parked.test(first)) {
            int last = (int) Math.min(events.size(), (long) next + most);
            while (end < last
                    && !events.get(end).position().isAfter(limit)
                    && goesWith(first, events.get(end).stream(), parked)) {
                end++;
            }
        }
        return end;
    }

    private boolean goesWith(StreamId first, StreamId stream, Predicate<StreamId> parked) {
        return stream.equals(first) || (!perStream && !parked.test(stream));
    }

    /** Returns the events that are not finished, in no particular order. Any thread. */
    List<RecordedEvent> rest() {
        List<RecordedEvent> rest = new ArrayList<>();
        synchronized (chunks) {
            int from = next;
            for (Chunk chunk : chunks) {
                rest.addAll(chunk.events().subList(from, chunk.events().size()));
                from = 0;
            }
        }
        return rest;
    }

    /** Removes these events, which are the next ones, because they are finished. */
    void finish(List<RecordedEvent> events) {
        finished.lazySet(finished.get() + events.size());
        Position last = events.get(events.size() - 1).position();
        lastFinished = last.isAfter(lastFinished) ? last : lastFinished;
        synchronized (chunks) {
            advance(events.size());
        }
    }

    private void advance(int count) {
        next += count;
        Chunk chunk = current;
        if (chunk == null || next == chunk.events().size()) {
            chunks.poll();
            next = 0;
            current = chunks.peek();
            unfinished = current == null ? null : current.unfinished(0);
        } else if (!perStream) {
            unfinished = chunk.unfinished(next);
        }
    }
}
