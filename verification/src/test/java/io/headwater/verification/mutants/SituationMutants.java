package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamCheck;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What goes wrong in one situation only: in one state of a stream, at one place of the log, after one kind of call. */
final class SituationMutants {
    private static final int MEGABYTE = 1 << 20;
    private static final int SHORT_KEY = 100;
    private static final AtomicLong LAST_REMOVED = new AtomicLong();

    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "an exact version is compared with the number of events that are left",
                    (backend, request) -> backend.append(expecting(backend, request, SituationMutants::byCount)),
                    "A3.15",
                    "A7.17"),
            ofAppend(
                    "a check is met by a tombstoned stream",
                    (backend, request) -> backend.append(new AppendRequest(
                            request.writes(),
                            request.checks().stream()
                                    .filter(check -> !isTombstoned(backend, check.stream()))
                                    .toList())),
                    "A7.16"),
            of(
                    "an import takes an emptied stream for one that exists",
                    backend -> ofImports(backend, request -> expecting(backend, request, SituationMutants::byHistory)),
                    "F2.18"),
            of(
                    "a held append takes an emptied stream for one that exists",
                    backend -> part(
                            backend,
                            HeldAppends.class,
                            holding -> altered(
                                    HeldAppends.class,
                                    holding,
                                    "hold",
                                    args -> holding.hold(
                                            expecting(backend, (AppendRequest) args[0], SituationMutants::byHistory)))),
                    "T1.6"),
            of(
                    "checks of an import are made before it",
                    backend -> ofImports(
                            backend, request -> new AppendRequest(request.writes(), notMet(backend, request))),
                    "F2.19"),
            of(
                    "a tombstoned stream refuses a whole import",
                    backend -> part(backend, BulkImport.class, bulk -> requests -> {
                        requests.stream()
                                .flatMap(request -> request.writes().stream())
                                .forEach(write -> end(backend, write.stream()));
                        return bulk.appendAll(requests);
                    }),
                    "F2.20"),
            ofAdmin(
                    "a delete expecting a stream accepts an emptied one",
                    "delete",
                    SituationMutants::acceptsEmptied,
                    "D1.19"),
            ofAdmin(
                    "a tombstone expecting a stream accepts an emptied one",
                    "tombstone",
                    SituationMutants::acceptsEmptied,
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
            ofReadLog(
                    "backwards from the start is backwards from the end",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            direction == Direction.BACKWARDS && from.equals(Position.START) ? Position.END : from,
                            direction,
                            filter,
                            limit),
                    "G6.24"),
            ofReadLog(
                    "a page ends after a megabyte, and has no more",
                    (backend, from, direction, filter, limit) ->
                            cutOff(backend.readLog(from, direction, filter, limit)),
                    "G6.25"),
            Mutant.of(
                    "imported events are not in reads of a prefix",
                    killers("G6.26"),
                    sound -> new Unindexed(sound, true, false)),
            Mutant.of(
                    "imported events are not looked for by their times",
                    killers("G10.13"),
                    sound -> new Unindexed(sound, false, true)),
            ofAppend(
                    "keys of metadata are cut off",
                    (backend, request) -> backend.append(new AppendRequest(
                            request.writes().stream()
                                    .map(write -> new StreamWrite(
                                            write.stream(),
                                            write.expected(),
                                            write.events().stream()
                                                    .map(SituationMutants::withShortKeys)
                                                    .toList()))
                                    .toList(),
                            request.checks())),
                    "P1.6"),
            Mutant.of("a second reader replaces the first", killers("S8.3"), ReplacingRegistrations::new),
            of(
                    "a scavenge says what was removed by the one before",
                    backend -> part(backend, Scavenger.class, SituationMutants::remembering),
                    "D4.18"),
            ofFacet(
                    "a page after a stream that is not listed is the first page",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "streams", args -> {
                        Optional<?> after = (Optional<?>) args[1];
                        List<StreamInfo> all = catalog.streams("", Optional.empty(), Integer.MAX_VALUE);
                        boolean listed = all.stream()
                                .anyMatch(info -> Optional.of(info.stream()).equals(after));
                        return catalog.streams(
                                (String) args[0],
                                listed ? Optional.of((StreamId) after.orElseThrow()) : Optional.empty(),
                                (Integer) args[2]);
                    }),
                    "F1.16"));

    private static EventData withShortKeys(EventData event) {
        Map<String, String> cut = new LinkedHashMap<>();
        event.metadata()
                .entries()
                .forEach((key, value) -> cut.put(key.substring(0, Math.min(SHORT_KEY, key.length())), value));
        return event.metadata().raw().isPresent() ? event : event.withMetadata(cut);
    }

    /** Indexes that imports do not bring up to date. */
    private static final class Unindexed extends ForwardingBackend {
        private final boolean byPrefix;
        private final boolean byTime;
        private final Set<UUID> imported = ConcurrentHashMap.newKeySet();

        Unindexed(Backend sound, boolean byPrefix, boolean byTime) {
            super(sound);
            this.byPrefix = byPrefix;
            this.byTime = byTime;
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == BulkImport.class
                    ? sound.facet(BulkImport.class).map(bulk -> type.cast(noting(bulk)))
                    : sound.facet(type);
        }

        private BulkImport noting(BulkImport bulk) {
            return requests -> {
                requests.stream()
                        .flatMap(request -> request.writes().stream())
                        .flatMap(write -> write.events().stream())
                        .forEach(event -> imported.add(event.id()));
                return bulk.appendAll(requests);
            };
        }

        private boolean isIndexed(RecordedEvent event) {
            return !imported.contains(event.id());
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = sound.readLog(from, direction, filter, limit);
            return byPrefix && !filter.streamPrefix().isEmpty() ? ReadMutants.only(page, this::isIndexed) : page;
        }

        @Override
        public Position positionAt(Instant time) {
            return byTime
                    ? sound
                            .readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                            .events()
                            .stream()
                            .filter(this::isIndexed)
                            .filter(event -> !event.recordedAt().isBefore(time))
                            .findFirst()
                            .map(event -> Positions.of(Positions.number(event.position()) - 1))
                            .orElseGet(sound::head)
                    : sound.positionAt(time);
        }
    }

    /** A later registration replaces those before it. */
    private static final class ReplacingRegistrations extends ForwardingBackend {
        private final List<AutoCloseable> registrations = new ArrayList<>();

        ReplacingRegistrations(Backend sound) {
            super(sound);
        }

        @Override
        public synchronized AutoCloseable onAppend(Runnable wakeUp) {
            for (AutoCloseable earlier : registrations) {
                try {
                    earlier.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            registrations.add(sound.onAppend(wakeUp));
            return registrations.get(registrations.size() - 1);
        }
    }

    private SituationMutants() {}

    private static String[] killers(String... rules) {
        return rules;
    }

    private static Mutant of(String name, UnaryOperator<Backend> breaking, String... killers) {
        return Mutant.of(name, killers, breaking);
    }

    /** The same with one part broken, which may look at the backend. */
    private static <F> Backend part(Backend backend, Class<F> facet, UnaryOperator<F> breaking) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> found = backend.facet(type);
                return type == facet ? found.map(there -> type.cast(breaking.apply(facet.cast(there)))) : found;
            }
        };
    }

    private static Backend ofImports(Backend backend, UnaryOperator<AppendRequest> change) {
        return part(
                backend,
                BulkImport.class,
                bulk -> requests -> bulk.appendAll(requests.stream().map(change).toList()));
    }

    private static StreamPage end(Backend backend, StreamId stream) {
        return backend.readStream(stream, Direction.BACKWARDS, Long.MAX_VALUE, 1);
    }

    private static boolean isTombstoned(Backend backend, StreamId stream) {
        try {
            return end(backend, stream).version() < 0;
        } catch (StreamDeleted tombstoned) {
            return true;
        }
    }

    private interface Misunderstanding {
        ExpectedVersion taken(ExpectedVersion expected, StreamPage end);
    }

    private static AppendRequest expecting(Backend backend, AppendRequest request, Misunderstanding taking) {
        List<StreamWrite> writes = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            writes.add(
                    isTombstoned(backend, write.stream())
                            ? write
                            : new StreamWrite(
                                    write.stream(),
                                    taking.taken(write.expected(), end(backend, write.stream())),
                                    write.events()));
        }
        return new AppendRequest(writes, request.checks());
    }

    private static ExpectedVersion byCount(ExpectedVersion expected, StreamPage end) {
        boolean live = end.first() <= end.version();
        return live && expected.equals(ExpectedVersion.exactly(end.version() - end.first() + 1))
                ? ExpectedVersion.any()
                : expected;
    }

    private static ExpectedVersion byHistory(ExpectedVersion expected, StreamPage end) {
        return expected.equals(ExpectedVersion.streamExists()) && end.version() > 0 ? ExpectedVersion.any() : expected;
    }

    private static List<StreamCheck> notMet(Backend backend, AppendRequest request) {
        return request.checks().stream()
                .filter(check -> isTombstoned(backend, check.stream())
                        || !check.expected()
                                .accepts(
                                        end(backend, check.stream()).version(),
                                        end(backend, check.stream()).first()
                                                <= end(backend, check.stream()).version()))
                .toList();
    }

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

    private static LogPage cutOff(LogPage page) {
        List<RecordedEvent> kept = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : page.events()) {
            bytes += event.data().size();
            if (bytes > MEGABYTE && !kept.isEmpty()) {
                return new LogPage(kept, kept.get(kept.size() - 1).position(), false);
            }
            kept.add(event);
        }
        return page;
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
