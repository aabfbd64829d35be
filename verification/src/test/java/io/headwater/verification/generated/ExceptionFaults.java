package io.headwater.verification.generated;

import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Exceptions that are swallowed, or are others. */
final class ExceptionFaults {
    private static final StreamId OTHER = StreamId.of("other");

    private ExceptionFaults() {}

    static Stream<Generated> all() {
        Stream<Generated> ended = Stream.of(
                        Operation.APPEND,
                        Operation.APPEND_ALL,
                        Operation.HOLD,
                        Operation.READ_STREAM,
                        Operation.DELETE,
                        Operation.TOMBSTONE,
                        Operation.TRUNCATE)
                .flatMap(operation -> ofThose(operation, StreamDeleted.class));
        Stream<Generated> conflicts = Stream.of(Operation.DELETE, Operation.TOMBSTONE)
                .flatMap(operation ->
                        Stream.concat(ofThose(operation, WrongExpectedVersion.class), ofViolations(operation)));
        return Stream.concat(ended, conflicts);
    }

    private static <X extends EventStoreException> Stream<Generated> ofThose(Operation operation, Class<X> type) {
        String name = type.getSimpleName();
        Stream<Generated> others = Stream.of(
                throwing(
                        operation,
                        name + " as a failure of the backend",
                        type,
                        e -> new BackendFailure("it failed", e)),
                throwing(operation, name + " as not available", type, e -> new StoreUnavailable("not now", e)),
                throwing(
                        operation,
                        name + " of another stream",
                        type,
                        e -> type == StreamDeleted.class
                                ? new StreamDeleted(OTHER)
                                : conflict(new Violation(OTHER, ExpectedVersion.any(), 1, Violation.Reason.VERSION))),
                throwing(
                        operation,
                        name + " as the other",
                        type,
                        e -> type == StreamDeleted.class
                                ? conflict(new Violation(OTHER, ExpectedVersion.any(), 1, Violation.Reason.VERSION))
                                : new StreamDeleted(OTHER)));
        Generated swallowed = Generated.of(operation, name + " swallowed", () -> call -> {
            try {
                return call.proceed();
            } catch (EventStoreException e) {
                if (!type.isInstance(e)) {
                    throw e;
                }
                return call.is(Operation.READ_STREAM) ? new StreamPage(0, 1, List.of()) : null;
            }
        });
        return call(operation) ? others : Stream.concat(others, Stream.of(swallowed));
    }

    /** Those whose answer cannot be null. */
    private static boolean call(Operation operation) {
        return operation == Operation.APPEND || operation == Operation.APPEND_ALL || operation == Operation.HOLD;
    }

    private static WrongExpectedVersion conflict(Violation violation) {
        return new WrongExpectedVersion(List.of(violation));
    }

    private static Generated throwing(
            Operation operation,
            String fault,
            Class<? extends EventStoreException> type,
            UnaryOperator<EventStoreException> instead) {
        return Generated.of(operation, fault, () -> call -> {
            try {
                return call.proceed();
            } catch (EventStoreException e) {
                throw type.isInstance(e) ? instead.apply(e) : e;
            }
        });
    }

    private static Stream<Generated> ofViolations(Operation operation) {
        return WrongValues.of(Violation.class).stream()
                .map(wrong -> throwing(
                        operation,
                        "violation: " + wrong.name(),
                        WrongExpectedVersion.class,
                        e -> conflict((Violation) wrong.change()
                                .apply(((WrongExpectedVersion) e).violations().get(0)))));
    }
}
