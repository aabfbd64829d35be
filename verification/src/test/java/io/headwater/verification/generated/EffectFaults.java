package io.headwater.verification.generated;

import java.util.Collection;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Writes that are dropped, repeated, done in part or with other arguments. */
final class EffectFaults {
    /** A second call of the others changes nothing that can be seen. */
    private static final Set<Operation> NOT_IDEMPOTENT = Set.of(
            Operation.APPEND,
            Operation.APPEND_ALL,
            Operation.TOMBSTONE,
            Operation.SCAVENGE,
            Operation.SAVE_SNAPSHOT,
            Operation.TAKE_OVER,
            Operation.FORGET);

    private static final Set<Operation> APPENDS = Set.of(Operation.APPEND, Operation.HOLD, Operation.APPEND_ALL);
    private static final Set<Operation> ADMIN = Set.of(Operation.DELETE, Operation.TOMBSTONE);

    private EffectFaults() {}

    static Stream<Generated> all() {
        return Stream.of(dropped(), repeated(), ofAppends(), ofAdmin(), ofLists())
                .flatMap(each -> each);
    }

    private static Stream<Generated> dropped() {
        return Success.WRITES.stream()
                .sorted()
                .flatMap(operation -> Stream.concat(
                        Stream.of(Generated.of(operation, "dropped", () -> Success::of)),
                        Conditions.of(operation).stream().map(condition -> dropped(operation, condition))));
    }

    private static Generated dropped(Operation operation, Supplier<Condition> condition) {
        return Generated.of(
                operation, condition.get(), "dropped", () -> condition.get().on(Success::of));
    }

    private static Stream<Generated> repeated() {
        return NOT_IDEMPOTENT.stream()
                .sorted()
                .map(operation -> Generated.of(operation, "made twice", () -> call -> {
                    call.proceed();
                    return call.proceed();
                }));
    }

    private static <T> Generated changing(Operation operation, String fault, Class<T> type, UnaryOperator<T> change) {
        return Generated.of(
                operation, fault, () -> call -> call.proceed(Deep.arguments(call.arguments(), type, change)));
    }

    private static Stream<Generated> ofAppends() {
        return APPENDS.stream()
                .sorted()
                .flatMap(operation -> Stream.of(
                        changing(operation, "events reversed", StreamWrite.class, EffectFaults::reversed),
                        changing(
                                operation, "last of several events lost", StreamWrite.class, EffectFaults::withoutLast),
                        changing(
                                operation,
                                "last of more than 256 events lost",
                                StreamWrite.class,
                                write -> write.events().size() > 256 ? withoutLast(write) : write),
                        changing(operation, "new ids", EventData.class, event -> event.withId(UUID.randomUUID())),
                        changing(
                                operation,
                                "expectations ignored",
                                StreamWrite.class,
                                write -> new StreamWrite(write.stream(), ExpectedVersion.any(), write.events())),
                        changing(operation, "writes reversed", AppendRequest.class, EffectFaults::writesReversed),
                        changing(
                                operation,
                                "checks ignored",
                                AppendRequest.class,
                                request -> new AppendRequest(request.writes(), List.of())),
                        changing(
                                operation,
                                "only the first check made",
                                AppendRequest.class,
                                request -> new AppendRequest(request.writes(), firstOf(request.checks(), 1))),
                        changing(
                                operation,
                                "only 10 checks made",
                                AppendRequest.class,
                                request -> new AppendRequest(request.writes(), firstOf(request.checks(), 10))),
                        changing(
                                operation,
                                "only 10 writes made",
                                AppendRequest.class,
                                request -> new AppendRequest(firstOf(request.writes(), 10), request.checks())),
                        changing(
                                operation,
                                "stream exists taken for any",
                                StreamWrite.class,
                                write -> write.expected().equals(ExpectedVersion.streamExists())
                                        ? new StreamWrite(write.stream(), ExpectedVersion.any(), write.events())
                                        : write)));
    }

    private static StreamWrite reversed(StreamWrite write) {
        List<EventData> events = new ArrayList<>(write.events());
        Collections.reverse(events);
        return new StreamWrite(write.stream(), write.expected(), events);
    }

    private static StreamWrite withoutLast(StreamWrite write) {
        int size = write.events().size();
        return size == 1
                ? write
                : new StreamWrite(
                        write.stream(), write.expected(), write.events().subList(0, size - 1));
    }

    private static AppendRequest writesReversed(AppendRequest request) {
        List<StreamWrite> writes = new ArrayList<>(request.writes());
        Collections.reverse(writes);
        return new AppendRequest(writes, request.checks());
    }

    private static <T> List<T> firstOf(List<T> list, int count) {
        return list.subList(0, Math.min(count, list.size()));
    }

    private static Stream<Generated> ofAdmin() {
        Stream<Generated> expectations = ADMIN.stream()
                .sorted()
                .map(operation -> changing(
                        operation, "expectation ignored", ExpectedVersion.class, expected -> ExpectedVersion.any()));
        Stream<Generated> versions = Stream.of(
                changing(Operation.TRUNCATE, "one version more", Long.class, version -> version + 1),
                changing(Operation.TRUNCATE, "one version less", Long.class, version -> Math.max(1, version - 1)),
                changing(Operation.TRUNCATE, "version as 32 bits", Long.class, version -> (long) version.intValue()),
                changing(Operation.TRUNCATE, "version modulo 100", Long.class, version -> version % 100),
                changing(Operation.READ_STREAM, "limit above 100 as 100", Integer.class, limit -> Math.min(limit, 100)),
                changing(Operation.READ_STREAM, "from as 32 bits", Long.class, from -> (long) from.intValue()));
        return Stream.concat(expectations, versions);
    }

    /** Only the first of several are done, as if a batch had a limit. */
    private static Stream<Generated> ofLists() {
        return Stream.of(
                        Operation.SAVE,
                        Operation.SAVE_ALL,
                        Operation.CHANGE,
                        Operation.CHANGE_BY_TOOL,
                        Operation.RENEW_ALL,
                        Operation.APPEND_ALL)
                .flatMap(operation -> Stream.of(1, 10, 25, 50).map(most -> onlyFirst(operation, most)));
    }

    private static Generated onlyFirst(Operation operation, int most) {
        return Generated.of(operation, "only the first " + most + " done", () -> call -> {
            Object[] arguments = call.arguments();
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof Collection<?> all) {
                    arguments[i] = all.stream().limit(most).toList();
                }
            }
            Object answer = call.proceed(arguments);
            return answer instanceof List<?> || call.is(Operation.SAVE, Operation.CHANGE) ? answer : Success.of(call);
        });
    }

    /** The streams that a request writes. */
    static List<StreamId> streams(AppendRequest request) {
        return request.writes().stream().map(StreamWrite::stream).toList();
    }
}
