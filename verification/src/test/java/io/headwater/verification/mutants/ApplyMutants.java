package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LimitExceeded;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Applied;
import io.headwater.spi.Applied.Diverged;
import io.headwater.spi.Applied.Done;
import io.headwater.spi.Applied.Fenced;
import io.headwater.spi.Backend;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Replication;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Changes that are applied wrongly (F5, A2, A8). */
final class ApplyMutants {
    static final List<Mutant> ALL = List.of(
            ofEvents(
                    "applied events get other ids",
                    event -> copy(event, UUID.randomUUID(), event.recordedAt()),
                    "F5.1"),
            ofEvents("applied events are recorded now", event -> copy(event, event.id(), Instant.now()), "A8.14"),
            ofChanges("a stream begins at 1", without(Advanced.class), "A2.6"),
            ofWrites("each applied event is an append", ApplyMutants::single, "F5.2", "F5.4"),
            ofChanges("adjacent applied appends are one", ApplyMutants::merged, "F5.2", "F5.4"),
            ofWrites(
                    "no applied append has a non-exact expectation",
                    write -> List.of(new Write(false, write.events())),
                    "F5.3",
                    "F5.4"),
            ofWrites(
                    "every applied append has a non-exact expectation",
                    write -> List.of(new Write(true, write.events())),
                    "F5.3",
                    "F5.4"),
            ofChanges("an append to several streams is applied as several", ApplyMutants::split, "F5.5"),
            ofChanges("changes are applied backwards", ApplyMutants::reversed, "F5.6"),
            of(
                    "a batch has the limit of an append",
                    (backend, sound, lease, batch) -> {
                        int most = backend.capabilities().limits().maxEventsPerAppend();
                        if (batch.changes().stream()
                                        .mapToInt(ApplyMutants::size)
                                        .sum()
                                > Math.min(most, 1000)) {
                            throw new LimitExceeded("more events than an append may have");
                        }
                        return sound.apply(lease, batch);
                    },
                    "F5.7"),
            of("what is applied again is written again", ApplyMutants::again, "F5.8", "F5.14"),
            of("events of a batch before one that diverges stay", ApplyMutants::piecewise, "F5.9"),
            of("the progress of a batch that diverges is recorded", ApplyMutants::recording, "F5.9"),
            of(
                    "an event that diverges counts as a repeat",
                    (backend, sound, lease, batch) -> forgiving(sound.apply(lease, batch), diverged -> true),
                    "F5.9",
                    "F5.10",
                    "F5.11",
                    "F5.12",
                    "F5.13"),
            of(
                    "repeats are compared by their ids",
                    (backend, sound, lease, batch) -> forgiving(
                            sound.apply(lease, batch),
                            diverged -> diverged.why().contains("another content")),
                    "F5.10"),
            of("a gap before an event is closed", ApplyMutants::closingGaps, "F5.11"),
            of("an emptied stream begins again", ApplyMutants::beginningAgain, "F5.13"),
            ofChanges("truncations are not applied", without(Truncated.class), "F5.15", "F5.16"),
            ofChanges(
                    "a truncation is applied as a delete",
                    each(change -> change instanceof Truncated truncated
                            ? new Truncated(truncated.position(), truncated.stream(), truncated.first() + 3)
                            : change),
                    "F5.15"),
            of("a truncation beyond the end acts as the end", ApplyMutants::bounded, "F5.16"),
            ofChanges("tombstones are not applied", without(Tombstoned.class), "F5.17"),
            of(
                    "the progress of another lane is recorded",
                    (backend, sound, lease, batch) -> sound.apply(
                            lease,
                            new Batch(
                                    batch.lane() + 1,
                                    batch.sourceId(),
                                    batch.keepPositions(),
                                    batch.changes(),
                                    batch.upTo())),
                    "F5.18"),
            of("a lost lease applies changes", ApplyMutants::unfenced, "F5.19"),
            of(
                    "positions that cannot be kept are given anew",
                    (backend, sound, lease, batch) -> sound.apply(lease, givenAnew(batch)),
                    "F5.20",
                    "F5.21"));

    /** The streams that something was applied to. */
    private static final Set<StreamId> APPLIED = ConcurrentHashMap.newKeySet();

    private ApplyMutants() {}

    interface Applying {
        Applied apply(Backend backend, Replication sound, Lease lease, Batch batch);
    }

    private static Mutant of(String name, Applying applying, String... killers) {
        return Mutant.of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return backend.facet(type)
                        .map(found -> found instanceof Replication sound && type == Replication.class
                                ? type.cast(altered(
                                        Replication.class,
                                        sound,
                                        "apply",
                                        args -> applying.apply(backend, sound, (Lease) args[0], (Batch) args[1])))
                                : found);
            }
        });
    }

    private static Mutant ofChanges(String name, UnaryOperator<List<Change>> wrong, String... killers) {
        return of(
                name,
                (backend, sound, lease, batch) -> sound.apply(lease, with(batch, wrong.apply(batch.changes()))),
                killers);
    }

    private static Mutant ofWrites(String name, Function<Write, List<Write>> wrong, String... killers) {
        return ofChanges(
                name,
                changes -> changes.stream()
                        .flatMap(change -> change instanceof Appended appended
                                        && appended.writes().size() == 1
                                ? wrong.apply(appended.writes().get(0)).stream()
                                        .map(write -> (Change) new Appended(List.of(write)))
                                : List.of(change).stream())
                        .toList(),
                killers);
    }

    private static Mutant ofEvents(String name, UnaryOperator<RecordedEvent> wrong, String... killers) {
        return ofWrites(
                name,
                write -> List.of(new Write(
                        write.nonExact(), write.events().stream().map(wrong).toList())),
                killers);
    }

    private static Batch with(Batch batch, List<Change> changes) {
        return new Batch(batch.lane(), batch.sourceId(), batch.keepPositions(), changes, batch.upTo());
    }

    private static Batch givenAnew(Batch batch) {
        return new Batch(batch.lane(), batch.sourceId(), false, batch.changes(), batch.upTo());
    }

    private static RecordedEvent copy(RecordedEvent event, UUID id, Instant recordedAt) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                id,
                event.type(),
                event.data(),
                event.metadata(),
                recordedAt);
    }

    private static UnaryOperator<List<Change>> without(Class<? extends Change> kind) {
        return changes ->
                changes.stream().filter(change -> !kind.isInstance(change)).toList();
    }

    private static UnaryOperator<List<Change>> each(UnaryOperator<Change> wrong) {
        return changes -> changes.stream().map(wrong).toList();
    }

    private static int size(Change change) {
        return change instanceof Appended appended ? appended.events().size() : 0;
    }

    private static List<Write> single(Write write) {
        return write.events().stream()
                .map(event -> new Write(write.nonExact(), List.of(event)))
                .toList();
    }

    private static List<Change> merged(List<Change> changes) {
        List<Change> merged = new ArrayList<>();
        for (Change change : changes) {
            Change last = merged.isEmpty() ? change : merged.get(merged.size() - 1);
            if (last != change
                    && last instanceof Appended before
                    && change instanceof Appended after
                    && before.writes().get(0).version() == after.writes().get(0).afterVersion()) {
                List<RecordedEvent> events = new ArrayList<>(before.events());
                events.addAll(after.events());
                merged.set(merged.size() - 1, new Appended(List.of(new Write(false, events))));
            } else {
                merged.add(change);
            }
        }
        return merged;
    }

    private static List<Change> split(List<Change> changes) {
        return changes.stream()
                .flatMap(change -> change instanceof Appended appended
                        ? appended.writes().stream().map(write -> (Change) new Appended(List.of(write)))
                        : List.of(change).stream())
                .toList();
    }

    private static List<Change> reversed(List<Change> changes) {
        List<Change> reversed = new ArrayList<>(changes);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Applied again(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied applied = sound.apply(lease, batch);
        for (Change change : batch.changes()) {
            if (change instanceof Appended appended && appended.writes().size() == 1) {
                Write write = appended.writes().get(0);
                long version = version(backend, write.stream());
                if (version == write.version() && APPLIED.contains(write.stream())) {
                    append(backend, write, ExpectedVersion.exactly(version));
                }
                APPLIED.add(write.stream());
            }
        }
        return applied;
    }

    private static long version(Backend backend, StreamId stream) {
        StreamPage page = backend.readStream(stream, Direction.FORWARDS, 1, 1);
        return page.version();
    }

    private static void append(Backend backend, Write write, ExpectedVersion expected) {
        List<EventData> events =
                write.events().stream().map(RecordedEvent::toEventData).toList();
        backend.append(AppendRequest.to(write.stream(), expected, events));
    }

    private static Applied piecewise(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied last = sound.apply(lease, with(batch, List.of()));
        for (Change change : batch.changes()) {
            last = sound.apply(lease, with(batch, List.of(change)));
            if (!(last instanceof Done)) {
                break;
            }
        }
        return last;
    }

    private static Applied recording(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied applied = sound.apply(lease, batch);
        if (applied instanceof Diverged) {
            backend.checkpoints().change(lease, List.of(batch.progressAt(backend.head())));
        }
        return applied;
    }

    private static Applied forgiving(Applied applied, Predicate<Diverged> forgiven) {
        return applied instanceof Diverged diverged && forgiven.test(diverged) ? new Done(Position.START) : applied;
    }

    private static Applied closingGaps(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied applied = sound.apply(lease, batch);
        if (applied instanceof Diverged && batch.changes().get(0) instanceof Appended appended) {
            append(backend, appended.writes().get(0), ExpectedVersion.any());
        }
        return applied;
    }

    private static Applied beginningAgain(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied applied = sound.apply(lease, batch);
        if (batch.changes().get(0) instanceof Appended appended) {
            Write write = appended.writes().get(0);
            StreamPage page = backend.readStream(write.stream(), Direction.FORWARDS, 1, 1);
            if (page.events().isEmpty() && write.afterVersion() == 0) {
                append(backend, write, ExpectedVersion.any());
            }
        }
        return applied;
    }

    private static Applied bounded(Backend backend, Replication sound, Lease lease, Batch batch) {
        List<Change> changes = batch.changes().stream()
                .map(change -> change instanceof Truncated truncated
                        ? new Truncated(
                                truncated.position(),
                                truncated.stream(),
                                Math.min(truncated.first(), version(backend, truncated.stream()) + 1))
                        : change)
                .toList();
        return sound.apply(lease, with(batch, changes));
    }

    private static Applied unfenced(Backend backend, Replication sound, Lease lease, Batch batch) {
        Applied applied = sound.apply(lease, batch);
        if (!(applied instanceof Fenced)) {
            return applied;
        }
        Lease current = backend.checkpoints()
                .holder(lease.subscription())
                .map(Holder::lease)
                .orElseGet(() -> backend.checkpoints()
                        .acquire(lease.subscription(), lease.owner(), Duration.ofMinutes(1))
                        .orElseThrow());
        return sound.apply(current, batch);
    }
}
