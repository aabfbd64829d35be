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
 * What the holder of a subscription has parked, by stream. Events are written down before anything else happens, so that none
 * is lost; tools may drop them at any time. Used by the lanes, each for streams of its own.
 */
public final class ParkedStreams {
    /** More than this is no accident of some events, and would fill the memory in the end. */
    public static final int MAX = 10_000;

    private final Predicate<List<RecordChange>> records;
    private final @Nullable ParkedRecords durable;
    private final Map<StreamId, NavigableSet<Position>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private final Set<StreamId> replaying = ConcurrentHashMap.newKeySet();

    /**
     * Reads what is parked.
     *
     * @param records changes them; false if the lease was lost
     * @param durable where it is kept; null for an ephemeral subscription, which parks nothing
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

    /** Whether this event was parked, and is not known to be dropped. */
    public boolean holds(RecordedEvent event) {
        return of(event.stream()).contains(event.position());
    }

    /** What is parked of a stream, in order; some of it may be dropped meanwhile. */
    NavigableSet<Position> of(StreamId stream) {
        return streams.getOrDefault(stream, Collections.emptyNavigableSet());
    }

    /** Writes an event down. False if the right to run the subscription was lost. */
    public boolean park(RecordedEvent event, String error, int attempts) {
        boolean written = records.test(List.of(ParkedRecords.put(event, error, attempts, Instant.now())));
        if (written) {
            remember(event.stream(), event.position());
        }
        return written;
    }

    /**
     * Stores the outcome of an event that was parked, unless it was dropped in the meantime. Returns as {@link #park}.
     */
    public boolean parkAgain(RecordedEvent event, String error, int attempts) {
        return lot().find(event.position()).isEmpty() || park(event, error, attempts);
    }

    /** A parked event; empty if it was dropped meanwhile, or scavenged and is parked no more. */
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

    /** An event that was parked is handled. */
    public void handled(RecordedEvent event) {
        if (remove(event.position())) {
            forget(event.stream(), event.position());
        }
    }

    /** The streams whose replay was requested and has not begun. */
    public Set<StreamId> wanted() {
        Set<StreamId> wanted = durable == null ? Set.of() : durable.wanted();
        return wanted.stream().filter(replaying::add).collect(Collectors.toSet());
    }

    /**
     * A replay is over. The request for it is removed only now, so that the process that takes over after a crash continues it. After
     * that, the rest is checked for drops, because a later drop is a request of its own.
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
