package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Situations.killers;

import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Pages, lists, times and wake-ups that go wrong in one situation only. */
final class ReadSituationMutants {
    private static final int MEGABYTE = 1 << 20;

    static final List<Mutant> ALL = List.of(
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
            Mutant.of("a second reader replaces the first", killers("S8.3"), ReplacingRegistrations::new),
            Mutant.of("closing an instance ends all wake-ups", killers("S8.4"), ClosedTogether::new),
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

    private ReadSituationMutants() {}

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

    /** Registrations of all instances of a storage, which the first that is closed ends. */
    private static final class ClosedTogether extends ForwardingBackend {
        private static final Map<String, Set<Runnable>> READERS = new ConcurrentHashMap<>();

        private final Set<Runnable> readers;

        ClosedTogether(Backend sound) {
            super(sound);
            this.readers = READERS.computeIfAbsent(sound.storeId(), first -> ConcurrentHashMap.newKeySet());
        }

        @Override
        public AutoCloseable onAppend(Runnable wakeUp) {
            readers.add(wakeUp);
            return sound.onAppend(() -> {
                if (readers.contains(wakeUp)) {
                    wakeUp.run();
                }
            });
        }

        @Override
        public void close() {
            readers.clear();
            sound.close();
        }
    }
}
