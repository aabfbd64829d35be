package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofAppend;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LimitExceeded;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.spi.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Appends gone wrong (A, I, T). */
final class AppendMutants {
    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "no version check",
                    (backend, request) -> backend.append(expecting(request, expected -> ExpectedVersion.any())),
                    "A3.10",
                    "E1.2",
                    "A3.2",
                    "A3.8",
                    "A4.1",
                    "A4.4",
                    "A5.1",
                    "A5.5",
                    "I2.1"),
            ofAppend(
                    "noStream ignored",
                    (backend, request) -> backend.append(expecting(
                            request,
                            expected -> expected == ExpectedVersion.noStream() ? ExpectedVersion.any() : expected)),
                    "A3.2",
                    "A3.12",
                    "A5.1"),
            ofAppend(
                    "streamExists ignored",
                    (backend, request) -> backend.append(expecting(
                            request,
                            expected -> expected == ExpectedVersion.streamExists() ? ExpectedVersion.any() : expected)),
                    "R2.3",
                    "A3.4",
                    "D1.6",
                    "D3.6"),
            ofAppend("off by one accepted", AppendMutants::offByOne, "D1.7", "A3.9", "A4.1"),
            ofAppend(
                    "wrong actual version",
                    (backend, request) -> backend.append(request) instanceof Conflict conflict
                            ? new Conflict(conflict.violations().stream()
                                    .map(v -> new Violation(v.stream(), v.expected(), v.actual() + 1, v.reason()))
                                    .toList())
                            : backend.append(request),
                    "A4.1",
                    "A4.2",
                    "A4.3"),
            ofAppend(
                    "wrong exception",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        if (outcome instanceof Conflict) {
                            throw new BackendFailure("duplicate key", null);
                        }
                        return outcome;
                    },
                    "E1.3",
                    "I2.9",
                    "A4.1",
                    "A4.2"),
            ofAppend(
                    "a refused append leaves an event",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        if (outcome instanceof Conflict) {
                            backend.append(firstEvent(request));
                        }
                        return outcome;
                    },
                    "A4.8",
                    "F1.8",
                    "I2.3",
                    "I2.4",
                    "I2.5",
                    "I2.6",
                    "I2.7",
                    "I2.8",
                    "G4.1",
                    "A4.4",
                    "A4.5",
                    "A4.6",
                    "A4.7"),
            ofAppend(
                    "a batch loses its last event",
                    (backend, request) -> backend.append(changed(
                            request, events -> events.size() > 1 ? events.subList(0, events.size() - 1) : events)),
                    "P4.3",
                    "P4.6",
                    "A1.1",
                    "A1.5",
                    "A2.2",
                    "T1.1"),
            ofAppend(
                    "a batch is reversed",
                    (backend, request) -> backend.append(changed(request, AppendMutants::reversed)),
                    "A1.5",
                    "T3.1"),
            ofAppend(
                    "a repeat is written again",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        if (outcome instanceof Appended appended
                                && appended.first().replayed()) {
                            backend.append(changed(
                                    expecting(request, expected -> ExpectedVersion.any()), AppendMutants::withNewIds));
                        }
                        return outcome;
                    },
                    "I1.10",
                    "I3.11",
                    "I5.1",
                    "I1.4",
                    "I1.5",
                    "I3.5"),
            ofAppend(
                    "a repeat is a conflict",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return outcome instanceof Appended appended
                                        && appended.first().replayed()
                                ? conflict(request)
                                : outcome;
                    },
                    "I5.6",
                    "I1.3",
                    "I1.7",
                    "I1.11",
                    "I1.12",
                    "I1.13",
                    "I1.14",
                    "A7.9",
                    "I3.2",
                    "I5.3",
                    "I5.4",
                    "I1.1",
                    "I1.2",
                    "I1.6",
                    "I3.1",
                    "A7.8"),
            ofAppend(
                    "a repeat may have more events",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return outcome instanceof Conflict && request.eventCount() > 1
                                ? backend.append(changed(request, events -> events.subList(0, events.size() - 1)))
                                : outcome;
                    },
                    "I3.7",
                    "I2.2"),
            ofAppend(
                    "repeats expecting any version are not recognised",
                    (backend, request) -> backend.append(expecting(
                            request, expected -> expected == ExpectedVersion.any() ? now(backend, request) : expected)),
                    "I3.4",
                    "I3.6",
                    "I3.8",
                    "I3.1",
                    "I3.3",
                    "I3.5"),
            ofAppend("every id is unique in the store", AppendMutants.uniqueIds(), "I4.3", "I4.4", "I4.1", "I4.2"),
            ofAppend(
                    "events get new ids",
                    (backend, request) -> backend.append(changed(request, AppendMutants::withNewIds)),
                    "A1.5",
                    "A8.1"),
            ofAppend(
                    "only the first violation is reported",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return outcome instanceof Conflict conflict
                                ? new Conflict(conflict.violations().subList(0, 1))
                                : outcome;
                    },
                    "A7.5"),
            ofAppend(
                    "a partial repeat is told of the first stream",
                    (backend, request) -> {
                        AppendOutcome outcome = backend.append(request);
                        return outcome instanceof Conflict conflict
                                ? new Conflict(conflict.violations().stream()
                                        .map(violation -> ofFirst(request, violation))
                                        .toList())
                                : outcome;
                    },
                    "A7.10"),
            ofAppend(
                    "checks are ignored",
                    (backend, request) -> backend.append(new AppendRequest(request.writes(), List.of())),
                    "A7.5",
                    "A7.7"),
            ofAppend(
                    "an undeclared limit",
                    (backend, request) -> {
                        if (request.writes().get(0).events().get(0).size() > 1 << 20) {
                            throw new LimitExceeded("item size");
                        }
                        return backend.append(request);
                    },
                    "P4.5"));

    private AppendMutants() {}

    static AppendRequest changed(AppendRequest request, UnaryOperator<List<EventData>> change) {
        List<StreamWrite> writes = request.writes().stream()
                .map(write -> new StreamWrite(write.stream(), write.expected(), change.apply(write.events())))
                .toList();
        return new AppendRequest(writes, request.checks());
    }

    static AppendRequest expecting(AppendRequest request, UnaryOperator<ExpectedVersion> change) {
        List<StreamWrite> writes = request.writes().stream()
                .map(write -> new StreamWrite(write.stream(), change.apply(write.expected()), write.events()))
                .toList();
        return new AppendRequest(writes, request.checks());
    }

    private static Violation ofFirst(AppendRequest request, Violation told) {
        StreamWrite first = request.writes().get(0);
        return told.reason() == Violation.Reason.PARTIAL_REPEAT
                ? new Violation(first.stream(), first.expected(), told.actual(), told.reason())
                : told;
    }

    private static AppendRequest firstEvent(AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        return AppendRequest.to(
                write.stream(), ExpectedVersion.any(), write.events().get(0));
    }

    private static List<EventData> reversed(List<EventData> events) {
        List<EventData> copy = new ArrayList<>(events);
        Collections.reverse(copy);
        return copy;
    }

    static List<EventData> withNewIds(List<EventData> events) {
        return events.stream().map(event -> event.withId(UUID.randomUUID())).toList();
    }

    private static ExpectedVersion now(Backend backend, AppendRequest request) {
        return ExpectedVersion.exactly(version(backend, request.writes().get(0)));
    }

    static long version(Backend backend, StreamWrite write) {
        return backend.readStream(write.stream(), Direction.BACKWARDS, Long.MAX_VALUE, 1)
                .version();
    }

    static AppendOutcome conflict(AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        return new Conflict(List.of(new Violation(write.stream(), write.expected(), 1, Violation.Reason.VERSION)));
    }

    /** The same outcome with other results. */
    static AppendOutcome answered(AppendOutcome outcome, UnaryOperator<AppendResult> change) {
        return outcome instanceof Appended appended
                ? new Appended(appended.results().stream().map(change).toList())
                : outcome;
    }

    static AppendOutcome reordered(AppendOutcome outcome) {
        if (!(outcome instanceof Appended appended)) {
            return outcome;
        }
        List<AppendResult> results = new ArrayList<>(appended.results());
        Collections.reverse(results);
        return new Appended(results);
    }

    private static AppendOutcome offByOne(Backend backend, AppendRequest request) {
        AppendOutcome outcome = backend.append(request);
        if (outcome instanceof Conflict conflict
                && request.writes().get(0).expected() instanceof ExpectedVersion.Exactly exactly
                && conflict.violations().get(0).actual() == exactly.version() + 1) {
            return backend.append(expecting(request, expected -> ExpectedVersion.exactly(exactly.version() + 1)));
        }
        return outcome;
    }

    private static Mutant.Append uniqueIds() {
        Set<UUID> seen = ConcurrentHashMap.newKeySet();
        return (backend, request) -> {
            AppendOutcome outcome =
                    request.writes().get(0).events().stream().anyMatch(event -> seen.contains(event.id()))
                            ? conflict(request)
                            : backend.append(request);
            request.writes().get(0).events().forEach(event -> seen.add(event.id()));
            return outcome;
        };
    }
}
