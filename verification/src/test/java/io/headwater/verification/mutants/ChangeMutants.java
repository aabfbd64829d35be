package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofFacet;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.HoldingBackend.Reckless;
import io.headwater.spi.Backend;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.Replication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Changes that are returned wrongly (F4). */
final class ChangeMutants {
    static final List<Mutant> ALL = List.of(
            each("the second of two appends is missing", alternating(), "F4.1"),
            each(
                    "an append to several streams is one change for each",
                    change -> change instanceof Appended appended
                            ? appended.writes().stream()
                                    .map(write -> (Change) new Appended(List.of(write)))
                                    .toList()
                            : List.of(change),
                    "F4.2"),
            ofPage("adjacent appends are one change", ChangeMutants::merged, "F4.1", "F4.2"),
            each(
                    "every append is told to have a non-exact expectation",
                    change -> List.of(nonExact(change, true)),
                    "F4.3"),
            each(
                    "no append is told to have a non-exact expectation",
                    change -> List.of(nonExact(change, false)),
                    "F4.3"),
            each(
                    "truncations are not told",
                    change -> change instanceof Truncated ? List.of() : List.of(change),
                    "F4.4",
                    "F4.9"),
            each(
                    "a tombstone is told to be a delete",
                    change -> change instanceof Tombstoned tombstoned
                            ? List.of(new Truncated(tombstoned.position(), tombstoned.stream(), 3))
                            : List.of(change),
                    "F4.5",
                    "F4.9"),
            each(
                    "truncations are told twice",
                    change -> change instanceof Truncated ? List.of(change, change) : List.of(change),
                    "F4.4",
                    "F4.6"),
            ofPage("a page ends at its limit, also within an append", ChangeMutants::cut, "F4.7"),
            reading(
                    "pages end where they like",
                    (sound, after, filter, limit) -> sound.changes(after, filter, Integer.MAX_VALUE),
                    "F4.7"),
            reading(
                    "changes are not filtered",
                    (sound, after, filter, limit) -> sound.changes(after, LogFilter.all(), limit),
                    "F4.8"),
            reading("of an append only what the filter accepts is told", ChangeMutants::accepted, "F4.8"),
            reading("truncations have no type, and so none is accepted", ChangeMutants::typed, "F4.9"),
            each(
                    "truncations lie at the beginning of the log",
                    change -> change instanceof Truncated truncated
                            ? List.of(new Truncated(Position.START, truncated.stream(), truncated.first()))
                            : List.of(change),
                    "F4.10"),
            Mutant.of("changes are read beyond the head", new String[] {"F4.11"}, ChangeMutants::reckless),
            reading("what was scavenged is told as before", remembering(), "F4.12"),
            Mutant.of("hidden events are not told", new String[] {"F4.12"}, ChangeMutants::withoutHidden),
            Mutant.of("an instance tells what came since it was opened", new String[] {"F4.13"}, ChangeMutants::late));

    private ChangeMutants() {}

    interface Reading {
        ChangePage changes(Replication sound, Position after, LogFilter filter, int limit);
    }

    private static Mutant reading(String name, Reading reading, String... killers) {
        return ofFacet(name, Replication.class, sound -> read(sound, reading), killers);
    }

    private static Replication read(Replication sound, Reading reading) {
        return altered(
                Replication.class,
                sound,
                "changes",
                args -> reading.changes(sound, (Position) args[0], (LogFilter) args[1], (Integer) args[2]));
    }

    private interface PageChange {
        List<Change> of(List<Change> changes, int limit);
    }

    private static Mutant ofPage(String name, PageChange wrong, String... killers) {
        return reading(
                name,
                (sound, after, filter, limit) -> {
                    ChangePage page = sound.changes(after, filter, limit);
                    return new ChangePage(wrong.of(page.changes(), limit), page.scannedTo(), page.more());
                },
                killers);
    }

    private static Mutant each(String name, Function<Change, List<Change>> wrong, String... killers) {
        return ofPage(
                name,
                (changes, limit) -> changes.stream()
                        .flatMap(change -> wrong.apply(change).stream())
                        .toList(),
                killers);
    }

    /** Without the second append to each stream. */
    private static Function<Change, List<Change>> alternating() {
        return change ->
                change instanceof Appended appended && appended.writes().get(0).afterVersion() > 0
                        ? List.of()
                        : List.of(change);
    }

    private static List<Change> merged(List<Change> changes, int limit) {
        List<Change> merged = new ArrayList<>();
        for (Change change : changes) {
            Change last = merged.isEmpty() ? change : merged.get(merged.size() - 1);
            if (!merged.isEmpty()
                    && last instanceof Appended before
                    && change instanceof Appended appended
                    && before.streams().stream().noneMatch(appended.streams()::contains)) {
                List<Write> writes = new ArrayList<>(before.writes());
                writes.addAll(appended.writes());
                merged.set(merged.size() - 1, new Appended(writes));
            } else {
                merged.add(change);
            }
        }
        return merged;
    }

    private static Change nonExact(Change change, boolean nonExact) {
        return change instanceof Appended appended
                ? new Appended(appended.writes().stream()
                        .map(write -> new Write(nonExact, write.events()))
                        .toList())
                : change;
    }

    private static List<Change> cut(List<Change> changes, int limit) {
        List<Change> cut = new ArrayList<>();
        int left = limit;
        for (Change change : changes) {
            if (change instanceof Appended appended && appended.events().size() > left && left > 0) {
                Write write = appended.writes().get(0);
                List<RecordedEvent> events =
                        write.events().subList(0, Math.min(left, write.events().size()));
                cut.add(new Appended(List.of(new Write(write.nonExact(), events))));
            } else {
                cut.add(change);
            }
            left -= change instanceof Appended appended ? appended.events().size() : 1;
        }
        return cut;
    }

    private static ChangePage accepted(Replication sound, Position after, LogFilter filter, int limit) {
        ChangePage page = sound.changes(after, filter, limit);
        List<Change> changes = page.changes().stream()
                .map(change -> change instanceof Appended appended
                        ? new Appended(appended.writes().stream()
                                .flatMap(write -> write.events().stream())
                                .filter(filter::accepts)
                                .map(event -> new Write(false, List.of(event)))
                                .toList())
                        : change)
                .toList();
        return new ChangePage(changes, page.scannedTo(), page.more());
    }

    private static ChangePage typed(Replication sound, Position after, LogFilter filter, int limit) {
        ChangePage page = sound.changes(after, filter, limit);
        List<Change> changes = page.changes().stream()
                .filter(change -> change instanceof Appended || filter.types().isEmpty())
                .toList();
        return new ChangePage(changes, page.scannedTo(), page.more());
    }

    /** Each append is told as it was told first. */
    private static Reading remembering() {
        Map<Position, Change> first = new ConcurrentHashMap<>();
        return (sound, after, filter, limit) -> {
            ChangePage page = sound.changes(after, filter, limit);
            List<Change> changes = page.changes().stream()
                    .map(change -> change instanceof Appended appended
                            ? first.computeIfAbsent(appended.position(), position -> change)
                            : change)
                    .toList();
            return new ChangePage(changes, page.scannedTo(), page.more());
        };
    }

    private static Backend reckless(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return type == Replication.class
                        ? backend.facet(Reckless.class).orElseThrow().backend().facet(type)
                        : backend.facet(type);
            }
        };
    }

    private static Backend withoutHidden(Backend backend) {
        return replicating(backend, (sound, after, filter, limit) -> {
            ChangePage page = sound.changes(after, filter, limit);
            List<Change> changes = page.changes().stream()
                    .filter(change -> !(change instanceof Appended appended) || isVisible(backend, appended))
                    .toList();
            return new ChangePage(changes, page.scannedTo(), page.more());
        });
    }

    private static boolean isVisible(Backend backend, Appended appended) {
        Write write = appended.writes().get(0);
        return backend.readStream(write.stream(), Direction.FORWARDS, 1, Integer.MAX_VALUE).events().stream()
                .map(RecordedEvent::version)
                .toList()
                .contains(write.afterVersion() + 1);
    }

    private static Backend late(Backend backend) {
        Position opened = backend.head();
        return replicating(
                backend,
                (sound, after, filter, limit) -> sound.changes(after.isAfter(opened) ? after : opened, filter, limit));
    }

    private static Backend replicating(Backend backend, Reading reading) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == Replication.class
                        ? sound.map(found -> type.cast(read((Replication) found, reading)))
                        : sound;
            }
        };
    }
}
