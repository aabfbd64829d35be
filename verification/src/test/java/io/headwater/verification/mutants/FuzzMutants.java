package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofCheckpoints;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.SnapshotStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong only where two things meet, such as a repeat and a truncation: for random scripts to find. */
final class FuzzMutants {
    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "noStream accepts a short stream",
                    (backend, request) -> {
                        StreamWrite write = request.writes().get(0);
                        boolean shortStream = write.expected() == ExpectedVersion.noStream()
                                && page(backend, write.stream()).version() <= 3;
                        return shortStream && !request.isMultiStream()
                                ? backend.append(
                                        AppendRequest.to(write.stream(), ExpectedVersion.exactly(1), write.events()))
                                : backend.append(request);
                    },
                    "A3.13"),
            ofAppend(
                    "a replay tells the version of now",
                    (backend, request) -> backend.append(request) instanceof Appended appended
                            ? new Appended(appended.results().stream()
                                    .map(result -> ofNow(backend, result))
                                    .toList())
                            : backend.append(request),
                    "I2.10",
                    "A5.7"),
            ofAppend(
                    "an append that is repeated in part is written",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return outcome instanceof Conflict conflict
                                        && !request.isMultiStream()
                                        && conflict.violations().get(0).reason() == Reason.PARTIAL_REPEAT
                                ? backend.append(now(backend, request.writes().get(0)))
                                : outcome;
                    },
                    "I2.10"),
            ofAppend(
                    "a violated check is not told of beside a violated write",
                    (backend, request) -> backend.append(request) instanceof Conflict conflict
                            ? new Conflict(ofWrites(request, conflict.violations()))
                            : backend.append(request),
                    "A7.14"),
            ofReadStream(
                    "backwards from a hidden version begins at the first event",
                    (backend, stream, direction, from, limit) -> {
                        long first = page(backend, stream).first();
                        return backend.readStream(
                                stream,
                                direction,
                                direction == Direction.BACKWARDS ? Math.max(from, first) : from,
                                limit);
                    },
                    "R3.5"),
            ofReadLog(
                    "only one of several categories is read",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            filter.categories().size() > 1
                                    ? new LogFilter(
                                            Set.of(filter.categories()
                                                    .iterator()
                                                    .next()),
                                            filter.types(),
                                            filter.streamPrefix())
                                    : filter,
                            limit),
                    "G6.18"),
            ofAppend(
                    "a conflict counts only what can be read",
                    (backend, request) -> backend.append(request) instanceof Conflict conflict
                            ? new Conflict(conflict.violations().stream()
                                    .map(violation -> counted(backend, violation))
                                    .toList())
                            : backend.append(request),
                    "D3.10",
                    "D4.13"),
            ofFacet(
                    "deleting a snapshot does nothing",
                    SnapshotStore.class,
                    snapshots -> altered(SnapshotStore.class, snapshots, "delete", args -> null),
                    "Z1.9",
                    "Z1.10",
                    "Z1.14"),
            ofFacet(
                    "hidden events are counted",
                    StreamCatalog.class,
                    catalog -> altered(StreamCatalog.class, catalog, "streams", args -> {
                        @SuppressWarnings("unchecked")
                        Optional<StreamId> after = (Optional<StreamId>) args[1];
                        return catalog.streams((String) args[0], after, (Integer) args[2]).stream()
                                .map(info ->
                                        new StreamInfo(info.stream(), info.version(), info.version(), info.state()))
                                .toList();
                    }),
                    "F1.5",
                    "F1.6",
                    "F1.7",
                    "F1.11"),
            ofFacet(
                    "a series ends at a replay",
                    BulkImport.class,
                    bulk -> requests -> {
                        List<AppendOutcome> outcomes = new ArrayList<>();
                        for (AppendRequest request : requests) {
                            outcomes.addAll(bulk.appendAll(List.of(request)));
                            AppendOutcome last = outcomes.get(outcomes.size() - 1);
                            if (last instanceof Conflict
                                    || ((Appended) last).first().replayed()) {
                                break;
                            }
                        }
                        return outcomes;
                    },
                    "F2.10"),
            ofCheckpoints(
                    "forgetting always finds something",
                    store -> altered(CheckpointStore.class, store, "forget", args -> {
                        store.forget((String) args[0]);
                        return true;
                    }),
                    "K2.37"),
            Mutant.of("an instance knows only its own appends again", new String[] {"T4.3", "A5.8"}, Forgetful::new));

    private FuzzMutants() {}

    private static StreamPage page(Backend backend, StreamId stream) {
        return backend.readStream(stream, Direction.FORWARDS, 0, 1);
    }

    private static AppendResult ofNow(Backend backend, AppendResult result) {
        long version = page(backend, result.stream()).version();
        return result.replayed() ? new AppendResult(result.stream(), version, result.position(), true) : result;
    }

    private static AppendRequest now(Backend backend, StreamWrite write) {
        long version = page(backend, write.stream()).version();
        return AppendRequest.to(write.stream(), ExpectedVersion.exactly(version), write.events());
    }

    private static List<Violation> ofWrites(AppendRequest request, List<Violation> violations) {
        List<Violation> ofWrites = violations.stream()
                .filter(violation -> request.writes().stream()
                        .anyMatch(write -> write.stream().equals(violation.stream())))
                .toList();
        return ofWrites.isEmpty() ? violations : ofWrites;
    }

    private static Violation counted(Backend backend, Violation violation) {
        StreamPage page = page(backend, violation.stream());
        return new Violation(
                violation.stream(), violation.expected(), page.version() - page.first() + 1, violation.reason());
    }

    /** Takes the repeat of an append that another instance made for a conflict. */
    private static final class Forgetful extends ForwardingBackend {
        private final Set<UUID> own = ConcurrentHashMap.newKeySet();

        Forgetful(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            AppendOutcome outcome = super.append(request);
            StreamWrite write = request.writes().get(0);
            UUID first = write.events().get(0).id();
            if (outcome instanceof Appended appended && !appended.first().replayed()) {
                own.add(first);
            }
            return outcome instanceof Conflict || own.contains(first) ? outcome : AppendMutants.conflict(request);
        }
    }
}
