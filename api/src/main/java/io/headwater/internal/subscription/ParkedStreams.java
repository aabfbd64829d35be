package io.headwater.internal.subscription;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.RecordChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The streams of which the holder of a subscription has parked something. Events are written down before anything else
 * happens, so that none is lost. Used by the lanes, each for streams of its own.
 */
final class ParkedStreams {
    /** More than this is no accident of some events, and would fill the memory in the end. */
    static final int MOST = 10_000;

    private final Tenure tenure;
    private final @Nullable ParkingLot durable;
    private final Map<StreamId, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    /**
     * Reads what is parked.
     *
     * @param durable where it is kept; null for an ephemeral subscription, which parks nothing
     */
    ParkedStreams(Tenure tenure, @Nullable ParkingLot durable) {
        this.tenure = tenure;
        this.durable = durable;
        if (durable != null) {
            durable.all().forEach(parked -> count(parked.stream(), 1));
        }
    }

    private ParkingLot lot() {
        return Objects.requireNonNull(durable, "an ephemeral subscription parks nothing");
    }

    private void count(StreamId stream, int change) {
        counts.merge(stream, change, (one, other) -> one + other == 0 ? null : one + other);
        total.addAndGet(change);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    boolean isFull() {
        return total.get() >= MOST;
    }

    boolean contains(StreamId stream) {
        return !counts.isEmpty() && counts.containsKey(stream);
    }

    /** Writes an event down, or again if it is there. False if the right to run the subscription was lost. */
    boolean park(RecordedEvent event, String error, int attempts) {
        boolean known = lot().find(event.position()).isPresent();
        if (!tenure.change(List.of(ParkingLot.put(event, error, attempts, Instant.now())))) {
            return false;
        }
        if (!known) {
            count(event.stream(), 1);
        }
        return true;
    }

    /** What is parked of a stream, to be handled again. Also notices what was dropped meanwhile. */
    List<RecordedEvent> toReplay(StreamId stream) {
        List<Parked> kept =
                lot().all().filter(parked -> parked.stream().equals(stream)).toList();
        List<RecordedEvent> events = new ArrayList<>();
        List<RecordChange> scavenged = new ArrayList<>();
        for (Parked parked : kept) {
            Optional<RecordedEvent> event = lot().event(parked);
            event.ifPresentOrElse(events::add, () -> scavenged.add(ParkingLot.remove(parked.position())));
        }
        tenure.change(scavenged);
        int known = counts.getOrDefault(stream, 0);
        if (events.size() != known) {
            count(stream, events.size() - known);
        }
        return events;
    }

    /** An event that was parked is handled. */
    boolean handled(RecordedEvent event) {
        if (!tenure.change(List.of(ParkingLot.remove(event.position())))) {
            return false;
        }
        count(event.stream(), -1);
        return true;
    }

    /** The streams that somebody wants to have replayed; asked for once, as the wish is taken down with it. */
    Set<StreamId> wanted() {
        Set<StreamId> streams = durable == null ? Set.of() : durable.wanted();
        if (!streams.isEmpty()
                && !tenure.change(streams.stream().map(ParkingLot::unwant).toList())) {
            return Set.of();
        }
        return streams;
    }
}
