package io.headwater.internal.subscription.parking;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.RecordChange;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parked events of a subscription by stream, as its holder knows them. An event is stored before it is left out, so none is
 * lost. Tools may drop parked events at any time. Used by the lanes, each for its own streams.
 */
public final class ParkedStreams {
    /** The maximum number of parked events. A larger number indicates a general fault, and would need unlimited memory. */
    public static final int MAX = 10_000;

    private final Predicate<List<RecordChange>> records;
    private final @Nullable ParkedRecords durable;
    private final Map<StreamId, NavigableSet<Position>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private final Set<StreamId> replaying = ConcurrentHashMap.newKeySet();

    /**
     * Loads the parked events.
     *
     * @param records changes the stored records; returns false if the lease was lost
     * @param durable the stored records; null for an ephemeral subscription, which parks nothing
     */
    public ParkedStreams(Predicate<List<RecordChange>> records, @Nullable ParkedRecords durable) {
        this.records = records;
        this.durable = durable;
        if (durable != null) {
            durable.all().forEach(parked -> remember(parked.stream(), parked.position()));
        }
    }

    private ParkedRecords lot() {
        return Objects.requireNonNull(durable, "an ephemeral subscription parks nothing");
    }

    private void remember(StreamId stream, Position position) {
        if (streams.computeIfAbsent(stream, first -> new TreeSet<>()).add(position)) {
            total.incrementAndGet();
        }
    }

    private void forget(StreamId stream, Position position) {
        streams.computeIfPresent(stream, (same, positions) -> {
            total.addAndGet(positions.remove(position) ? -1 : 0);
            return positions.isEmpty() ? null : positions;
        });
    }

    public boolean isEmpty() {
        return streams.isEmpty();
    }

    public boolean isFull() {
        return total.get() >= MAX;
    }

    public boolean contains(StreamId stream) {
        return !streams.isEmpty() && streams.containsKey(stream);
    }

    /** Returns whether this event was parked, and is not known to be dropped. */
    public boolean holds(RecordedEvent event) {
        return of(event.stream()).contains(event.position());
    }

    /** Returns the positions of a stream's parked events, in order. Some of these events may have been dropped. */
    NavigableSet<Position> of(StreamId stream) {
        return streams.getOrDefault(stream, Collections.emptyNavigableSet());
    }

    /** Stores a parked event. Returns false if the lease was lost. */
    public boolean park(RecordedEvent event, String error, int attempts) {
        boolean written = records.test(List.of(ParkedRecords.put(event, error, attempts, Instant.now())));
        if (written) {
            remember(event.stream(), event.position());
        }
        return written;
    }

    /** Stores the failure of an event that was parked before, unless it was dropped in the meantime. Returns as {@link #park}. */
    public boolean parkAgain(RecordedEvent event, String error, int attempts) {
        return lot().find(event.position()).isEmpty() || park(event, error, attempts);
    }

    /**
     * Returns a parked event. Empty if it was dropped in the meantime, or if it was scavenged, in which case it is no longer
     * parked.
     */
    Optional<RecordedEvent> event(StreamId stream, Position position) {
        Optional<ParkedRecord> kept = lot().find(position);
        Optional<RecordedEvent> event = kept.flatMap(lot()::event);
        if (event.isEmpty() && (kept.isEmpty() || remove(position))) {
            forget(stream, position);
        }
        return event;
    }

    private boolean remove(Position position) {
        return records.test(List.of(ParkedRecords.remove(position)));
    }

    /** Removes a parked event that was handled. */
    public void handled(RecordedEvent event) {
        if (remove(event.position())) {
            forget(event.stream(), event.position());
        }
    }

    /** Returns the streams whose replay was requested and has not begun. */
    public Set<StreamId> wanted() {
        Set<StreamId> wanted = durable == null ? Set.of() : durable.wanted();
        return wanted.stream().filter(replaying::add).collect(Collectors.toSet());
    }

    /**
     * Ends the replay of a stream. Removes the request only now, so that a process that takes over after a crash continues the
     * replay. Then checks which of the other events were dropped, because a later drop is a request of its own.
     */
    void replayed(StreamId stream) {
        if (records.test(List.of(ParkedRecords.unwant(stream)))) {
            replaying.remove(stream);
            List.copyOf(of(stream)).stream()
                    .filter(position -> lot().find(position).isEmpty())
                    .forEach(position -> forget(stream, position));
        }
    }
}
