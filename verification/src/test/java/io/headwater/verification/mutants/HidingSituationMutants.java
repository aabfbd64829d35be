package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Situations.end;
import static io.headwater.verification.mutants.Situations.isTombstoned;
import static io.headwater.verification.mutants.Situations.killers;
import static io.headwater.verification.mutants.Situations.of;
import static io.headwater.verification.mutants.Situations.part;

import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What hides and removes events, and what is read of them, gone wrong in one situation only. */
final class HidingSituationMutants {
    private static final AtomicLong LAST_REMOVED = new AtomicLong();

    static final List<Mutant> ALL = List.of(
            ofAdmin(
                    "a delete expecting a stream accepts an emptied one",
                    "delete",
                    HidingSituationMutants::acceptsEmptied,
                    "D1.19"),
            ofAdmin(
                    "a tombstone expecting a stream accepts an emptied one",
                    "tombstone",
                    HidingSituationMutants::acceptsEmptied,
                    "D2.12"),
            of(
                    "a truncation of an emptied stream is a conflict",
                    backend -> part(
                            backend,
                            StreamAdmin.class,
                            admin -> altered(StreamAdmin.class, admin, "truncateBefore", args -> {
                                StreamPage end = end(backend, (StreamId) args[0]);
                                if (end.version() > 0 && end.first() > end.version()) {
                                    throw conflict((StreamId) args[0], end.version());
                                }
                                admin.truncateBefore((StreamId) args[0], (Long) args[1]);
                                return null;
                            })),
                    "D3.12"),
            of(
                    "a tombstoned stream has no snapshots",
                    backend -> part(
                            backend,
                            SnapshotStore.class,
                            snapshots -> altered(
                                    SnapshotStore.class,
                                    snapshots,
                                    "load",
                                    args -> isTombstoned(backend, (StreamId) args[0])
                                            ? Optional.empty()
                                            : snapshots.load((StreamId) args[0], (String) args[1]))),
                    "Z1.19"),
            ofReadLog(
                    "hidden events are not in reads of a type",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        return filter.types().isEmpty() ? page : ReadMutants.only(page, isVisible(backend));
                    },
                    "D4.15"),
            Mutant.of("removed events stay in reads of a category", killers("D4.16"), Remaining::new),
            ofReadLog(
                    "the next event is skipped before a position whose event was removed",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        boolean removed = direction == Direction.BACKWARDS && !isEvent(backend, from);
                        return removed && !page.events().isEmpty()
                                ? ReadMutants.only(
                                        page,
                                        event -> !event.equals(page.events().get(0)))
                                : page;
                    },
                    "D4.17"),
            of(
                    "a scavenge says what was removed by the one before",
                    backend -> part(backend, Scavenger.class, HidingSituationMutants::remembering),
                    "D4.18"));

    private HidingSituationMutants() {}

    /** Deletes or tombstones that ignore the expectation now and then. */
    private static Mutant ofAdmin(
            String name, String method, BiPredicate<ExpectedVersion, StreamPage> ignored, String... killers) {
        return of(
                name,
                backend -> part(
                        backend,
                        StreamAdmin.class,
                        admin -> altered(StreamAdmin.class, admin, method, args -> {
                            StreamId stream = (StreamId) args[0];
                            ExpectedVersion expected = (ExpectedVersion) args[1];
                            ExpectedVersion taken =
                                    ignored.test(expected, end(backend, stream)) ? ExpectedVersion.any() : expected;
                            if (method.equals("delete")) {
                                admin.delete(stream, taken);
                            } else {
                                admin.tombstone(stream, taken);
                            }
                            return null;
                        })),
                killers);
    }

    private static boolean acceptsEmptied(ExpectedVersion expected, StreamPage end) {
        return expected.equals(ExpectedVersion.streamExists()) && end.version() > 0;
    }

    private static WrongExpectedVersion conflict(StreamId stream, long version) {
        return new WrongExpectedVersion(
                List.of(new Violation(stream, ExpectedVersion.streamExists(), version, Violation.Reason.VERSION)));
    }

    private static Predicate<RecordedEvent> isVisible(Backend backend) {
        return event -> !isTombstoned(backend, event.stream())
                && end(backend, event.stream()).first() <= event.version();
    }

    private static boolean isEvent(Backend backend, Position position) {
        long number = Positions.number(position);
        if (position.equals(Position.START) || position.equals(Position.END)) {
            return true;
        }
        return backend.readLog(Positions.of(number - 1), Direction.FORWARDS, LogFilter.all(), 1).events().stream()
                .anyMatch(event -> event.position().equals(position));
    }

    /** An index of categories that a scavenge does not clean. */
    private static final class Remaining extends ForwardingBackend {
        private static final Map<String, List<RecordedEvent>> REMOVED = new ConcurrentHashMap<>();

        Remaining(Backend sound) {
            super(sound);
        }

        private List<RecordedEvent> all() {
            return sound.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                    .events();
        }

        private List<RecordedEvent> removed() {
            return REMOVED.computeIfAbsent(sound.storeId(), first -> new ArrayList<>());
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == Scavenger.class
                    ? sound.facet(Scavenger.class).map(scavenger -> type.cast(keeping(scavenger)))
                    : sound.facet(type);
        }

        private Scavenger keeping(Scavenger scavenger) {
            return () -> {
                List<RecordedEvent> before = new ArrayList<>(all());
                long count = scavenger.scavenge();
                before.removeAll(all());
                removed().addAll(before);
                return count;
            };
        }

        /** The first page has all that was removed, as if it were in its place. */
        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = sound.readLog(from, direction, filter, limit);
            if (filter.categories().isEmpty() || direction == Direction.BACKWARDS) {
                return page;
            }
            List<RecordedEvent> events = new ArrayList<>(page.events());
            removed().stream()
                    .filter(filter::accepts)
                    .filter(event ->
                            event.position().isAfter(from) && !event.position().isAfter(page.scannedTo()))
                    .forEach(events::add);
            return new LogPage(events.stream().limit(limit).toList(), page.scannedTo(), page.more());
        }
    }

    private static Scavenger remembering(Scavenger scavenger) {
        return () -> {
            long removed = scavenger.scavenge();
            return removed == 0 ? LAST_REMOVED.get() : LAST_REMOVED.updateAndGet(before -> removed);
        };
    }
}
