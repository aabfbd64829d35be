package io.headwater.verification.generated;

import static io.headwater.verification.generated.Conditions.of;

import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of operations of checkpoints, leases and records. */
final class CheckpointConditions {
    private CheckpointConditions() {}

    static Stream<Condition> all() {
        return Stream.concat(
                Conditions.ofNames(),
                Stream.of(
                        of(
                                "of epoch 10 or later",
                                call -> lease(call)
                                        .filter(lease -> lease.epoch() >= 10)
                                        .isPresent()),
                        of(
                                "of epoch 2 or later",
                                call -> lease(call)
                                        .filter(lease -> lease.epoch() >= 2)
                                        .isPresent()),
                        of("of a partition above 0", call -> partition(call) > 0),
                        of("of a partition above 9", call -> partition(call) > 9),
                        of("of a partition above 255", call -> partition(call) > 255),
                        of("of several", call -> size(call) > 1),
                        of("of more than 10", call -> size(call) > 10),
                        of("of more than 40", call -> size(call) > 40),
                        of(
                                "that removes a record",
                                call -> changes(call)
                                        .anyMatch(change -> change.fields().isEmpty())),
                        of(
                                "of a record above 4 KiB",
                                call -> changes(call).anyMatch(change -> change.size() > 4 << 10)),
                        of("of a term above an hour", call -> term(call).compareTo(Duration.ofHours(1)) > 0),
                        of("of a term above a month", call -> term(call).compareTo(Duration.ofDays(31)) > 0)));
    }

    private static Optional<Lease> lease(Call call) {
        Object first = Conditions.first(call);
        return first instanceof Lease lease ? Optional.of(lease) : Optional.empty();
    }

    private static int partition(Call call) {
        if (call.is(Operation.SAVE)) {
            return (int) call.argument(1);
        }
        return call.is(Operation.SAVE_ALL)
                ? ((List<?>) call.argument(0))
                        .stream()
                                .mapToInt(save -> ((Save) save).partition())
                                .max()
                                .orElse(0)
                : 0;
    }

    /** The most elements of an argument. */
    static int size(Call call) {
        return Arrays.stream(call.arguments())
                .mapToInt(argument -> argument instanceof Collection<?> all ? all.size() : 0)
                .max()
                .orElse(0);
    }

    private static Stream<RecordChange> changes(Call call) {
        return Arrays.stream(call.arguments())
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .flatMap(each -> each instanceof Save save ? save.changes().stream() : Stream.of(each))
                .filter(RecordChange.class::isInstance)
                .map(RecordChange.class::cast);
    }

    private static Duration term(Call call) {
        Object[] arguments = call.arguments();
        Object last = arguments.length == 0 ? "" : arguments[arguments.length - 1];
        return last instanceof Duration term ? term : Duration.ZERO;
    }
}
