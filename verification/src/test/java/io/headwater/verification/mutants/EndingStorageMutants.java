package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is stored and ends: after a time, or behind later events. */
final class EndingStorageMutants {
    private static final long EVENTS = 1000;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Map<List<Object>, Instant> SAVED = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(
            Mutant.ofAppend(
                    "repeats are recognised among the last 1,000 events of a stream",
                    (backend, request) -> unlessLate(backend, request, false),
                    "I1.18"),
            Mutant.ofAppend(
                    "repeats are recognised for a year",
                    (backend, request) -> unlessLate(backend, request, true),
                    "I1.19"),
            Mutant.of("snapshots are kept for a year", new String[] {"L6.24"}, Forgetful::new));

    private EndingStorageMutants() {}

    /** The time of the last event, from which the store tells what time it is. */
    private static Instant now(Backend backend) {
        return backend.readLog(Position.END, Direction.BACKWARDS, LogFilter.all(), 1).events().stream()
                .map(event -> event.recordedAt())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static AppendOutcome unlessLate(Backend backend, AppendRequest request, boolean byTime) {
        AppendOutcome outcome = backend.append(request);
        if (!(outcome instanceof Appended appended) || !appended.first().replayed()) {
            return outcome;
        }
        long version = appended.first().version();
        StreamWrite write = request.writes().get(0);
        StreamPage end = backend.readStream(write.stream(), Direction.BACKWARDS, Long.MAX_VALUE, 1);
        boolean late = byTime
                ? backend.readStream(write.stream(), Direction.FORWARDS, version, 1).events().stream()
                        .anyMatch(event -> isOver(event.recordedAt(), backend))
                : end.version() - version > EVENTS;
        return late
                ? new Conflict(List.of(
                        new Violation(write.stream(), write.expected(), end.version(), Violation.Reason.VERSION)))
                : outcome;
    }

    private static boolean isOver(Instant begun, Backend backend) {
        return now(backend).isAfter(begun.plus(YEAR));
    }

    private static final class Forgetful extends ForwardingBackend {
        Forgetful(Backend sound) {
            super(sound);
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return type == SnapshotStore.class
                    ? sound.facet(SnapshotStore.class).map(store -> type.cast(forgetful(store)))
                    : sound.facet(type);
        }

        private SnapshotStore forgetful(SnapshotStore store) {
            return altered(
                    SnapshotStore.class,
                    altered(SnapshotStore.class, store, "save", args -> {
                        Snapshot snapshot = (Snapshot) args[0];
                        SAVED.put(List.of(snapshot.stream(), snapshot.name()), now(sound));
                        return store.save(snapshot);
                    }),
                    "load",
                    args -> isOver(SAVED.getOrDefault(List.of(args[0], args[1]), Instant.MAX.minus(YEAR)), sound)
                            ? Optional.empty()
                            : store.load((StreamId) args[0], (String) args[1]));
        }
    }
}
