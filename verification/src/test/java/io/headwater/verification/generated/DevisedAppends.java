package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.checking;
import static io.headwater.verification.generated.Requests.end;
import static io.headwater.verification.generated.Requests.expecting;
import static io.headwater.verification.generated.Requests.isEmptied;
import static io.headwater.verification.generated.Requests.isReadable;
import static io.headwater.verification.generated.Requests.isTruncated;
import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expectations and conflicts in situations of their own (A). */
final class DevisedAppends {
    private DevisedAppends() {}

    static Stream<Generated> all() {
        return Stream.concat(expectations(), conflicts());
    }

    private static Stream<Generated> expectations() {
        return Stream.of(
                Devised.of(
                        Operation.APPEND,
                        "an exact version is compared with the number of events that are left",
                        () -> call -> call.proceed(expecting(call, write -> byCount(call.sound(), write)))),
                Devised.of(
                        Operation.APPEND,
                        "an exact version is met by an emptied stream of a higher version",
                        () -> call -> call.proceed(expecting(call, write -> {
                            StreamPage end = end(call.sound(), write.stream());
                            return isEmptied(end)
                                            && write.expected() instanceof ExpectedVersion.Exactly exactly
                                            && exactly.version() < end.version()
                                    ? expecting(write, ExpectedVersion.any())
                                    : write;
                        }))),
                Devised.of(
                        Operation.APPEND,
                        "no stream is met by a stream whose first event is hidden",
                        () -> call -> call.proceed(expecting(
                                call,
                                write -> write.expected().equals(ExpectedVersion.noStream())
                                                && isTruncated(end(call.sound(), write.stream()))
                                        ? expecting(write, ExpectedVersion.any())
                                        : write))),
                Devised.across(
                        Operation.APPEND,
                        "a stream exists although it was emptied by a truncation",
                        () -> new TruncatedToNothing(ExpectedVersion.streamExists(), ExpectedVersion.any())),
                Devised.across(
                        Operation.APPEND,
                        "a stream that was emptied by a truncation is not absent",
                        () -> new TruncatedToNothing(ExpectedVersion.noStream(), ExpectedVersion.streamExists())),
                Devised.of(
                        Operation.APPEND, "a check is met by a tombstoned stream", () -> DevisedAppends::livingChecks),
                Devised.of(
                        Operation.APPEND,
                        "a check that a stream exists is met by an emptied one",
                        () -> call -> call.proceed(checking(
                                request(call),
                                check -> check.expected().equals(ExpectedVersion.streamExists())
                                        && isEmptied(end(call.sound(), check.stream()))))),
                Devised.of(
                        Operation.APPEND,
                        "a check that there is no stream is met by a truncated one",
                        () -> call -> call.proceed(checking(
                                request(call),
                                check -> check.expected().equals(ExpectedVersion.noStream())
                                        && isTruncated(end(call.sound(), check.stream()))))),
                Devised.of(
                        Operation.APPEND,
                        "a check of an exact version is met by a higher one",
                        () -> call -> call.proceed(checking(
                                request(call),
                                check -> check.expected() instanceof ExpectedVersion.Exactly exactly
                                        && exactly.version()
                                                < end(call.sound(), check.stream())
                                                        .version()))),
                Devised.of(
                        Operation.APPEND,
                        "a check of no stream is met by any",
                        () -> call -> call.proceed(checking(
                                request(call), check -> check.expected().equals(ExpectedVersion.noStream())))),
                Devised.of(
                        Operation.APPEND,
                        "checks are left out where several streams are written",
                        () -> call -> request(call).writes().size() > 1
                                ? call.proceed(new AppendRequest(request(call).writes(), List.of()))
                                : call.proceed()),
                Devised.of(
                        Operation.APPEND,
                        "the expectation of a second stream is taken for any",
                        () -> call -> call.proceed(new AppendRequest(
                                secondExpectingAny(request(call).writes()),
                                request(call).checks()))),
                Devised.of(
                        Operation.APPEND,
                        "events of several streams are in the order of the names",
                        () -> DevisedAppends::byName));
    }

    private static List<StreamWrite> secondExpectingAny(List<StreamWrite> writes) {
        List<StreamWrite> changed = new ArrayList<>(writes);
        changed.replaceAll(
                write -> write.equals(writes.get(0)) || write.expected().equals(ExpectedVersion.noStream())
                        ? write
                        : expecting(write, ExpectedVersion.any()));
        return changed;
    }

    private static StreamWrite byCount(Backend sound, StreamWrite write) {
        StreamPage end = end(sound, write.stream());
        if (!(write.expected() instanceof ExpectedVersion.Exactly exactly) || !isTruncated(end)) {
            return write;
        }
        boolean met = exactly.version() == end.version() - end.first() + 1;
        return expecting(write, met ? ExpectedVersion.any() : write.expected());
    }

    private static @Nullable Object livingChecks(Call call) throws Throwable {
        AppendRequest request = request(call);
        return call.proceed(new AppendRequest(
                request.writes(),
                request.checks().stream()
                        .filter(check -> isReadable(call.sound(), check.stream()))
                        .toList()));
    }

    private static @Nullable Object byName(Call call) throws Throwable {
        AppendRequest request = request(call);
        List<StreamWrite> sorted = new ArrayList<>(request.writes());
        sorted.sort(Comparator.comparing(write -> write.stream().value()));
        AppendOutcome outcome = (AppendOutcome) call.proceed(new AppendRequest(sorted, request.checks()));
        if (!(outcome instanceof Appended appended)) {
            return outcome;
        }
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            results.add(appended.results().stream()
                    .filter(result -> result.stream().equals(write.stream()))
                    .findFirst()
                    .orElseThrow());
        }
        return new Appended(results);
    }

    /** Streams that a truncation emptied meet this expectation as if it were that one. */
    private static final class TruncatedToNothing implements Fault {
        private final ExpectedVersion expected;
        private final ExpectedVersion taken;
        private final Set<StreamId> truncated = ConcurrentHashMap.newKeySet();

        TruncatedToNothing(ExpectedVersion expected, ExpectedVersion taken) {
            this.expected = expected;
            this.taken = taken;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.TRUNCATE)) {
                Object answer = call.proceed();
                truncated.add(call.argument(0, StreamId.class));
                return answer;
            }
            if (call.is(Operation.DELETE)) {
                truncated.remove(call.argument(0, StreamId.class));
            }
            return call.is(Operation.APPEND)
                    ? call.proceed(expecting(
                            call,
                            write -> write.expected().equals(expected)
                                            && truncated.contains(write.stream())
                                            && isEmptied(end(call.sound(), write.stream()))
                                    ? expecting(write, taken)
                                    : write))
                    : call.proceed();
        }
    }

    private static Generated conflict(String fault, UnaryOperator<List<Violation>> change) {
        return Devised.of(
                Operation.APPEND,
                Set.of(Operation.APPEND, Operation.APPEND_ALL),
                fault,
                () -> call -> Deep.changed(
                        call.proceed(), Conflict.class, conflict -> new Conflict(change.apply(conflict.violations()))));
    }

    private static Stream<Generated> conflicts() {
        return Stream.of(
                conflict("a conflict of several tells the first only", violations -> violations.subList(0, 1)),
                conflict(
                        "a conflict of several tells the last only",
                        violations -> violations.subList(violations.size() - 1, violations.size())),
                conflict("a conflict of several mixes up the versions", DevisedAppends::mixedUp),
                Devised.of(
                        Operation.APPEND,
                        "a conflict says that an emptied stream is at version 0",
                        () -> call -> Deep.changed(
                                call.proceed(),
                                Violation.class,
                                violation -> isEmptied(end(call.sound(), violation.stream()))
                                        ? actual(violation, 0)
                                        : violation)),
                Devised.of(
                        Operation.APPEND,
                        "a conflict says how many events of a truncated stream are left",
                        () -> call -> Deep.changed(call.proceed(), Violation.class, violation -> {
                            StreamPage end = end(call.sound(), violation.stream());
                            return isTruncated(end) ? actual(violation, end.version() - end.first() + 1) : violation;
                        })),
                Devised.of(
                        Operation.APPEND,
                        "a partial repeat is told as a wrong version",
                        () -> call -> Deep.changed(
                                call.proceed(),
                                Violation.class,
                                violation -> new Violation(
                                        violation.stream(),
                                        violation.expected(),
                                        violation.actual(),
                                        Violation.Reason.VERSION))),
                Devised.of(Operation.APPEND, "a conflict of a check tells the stream that is written", () -> call -> {
                    StreamId written = request(call).writes().get(0).stream();
                    return Deep.changed(
                            call.proceed(),
                            Violation.class,
                            violation -> new Violation(
                                    request(call).writes().size() == 1 ? written : violation.stream(),
                                    violation.expected(),
                                    violation.actual(),
                                    violation.reason()));
                }));
    }

    private static Violation actual(Violation violation, long actual) {
        return new Violation(violation.stream(), violation.expected(), actual, violation.reason());
    }

    private static List<Violation> mixedUp(List<Violation> violations) {
        List<Long> versions =
                new ArrayList<>(violations.stream().map(Violation::actual).toList());
        Collections.reverse(versions);
        List<Violation> changed = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            changed.add(actual(violations.get(i), versions.get(i)));
        }
        return changed;
    }
}
