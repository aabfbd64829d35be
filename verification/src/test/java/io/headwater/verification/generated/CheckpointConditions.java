package io.headwater.verification.generated;

import static io.headwater.verification.generated.Conditions.condition;

import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The conditions of operations of checkpoints, leases and records. */
final class CheckpointConditions {
    private CheckpointConditions() {}

    /** Those that an argument of the operation can meet. */
    static Stream<Condition> of(Operation operation) {
        boolean many = operation == Operation.SAVE_ALL || operation == Operation.RENEW_ALL;
        return Stream.of(
                        Conditions.ofNames(operation),
                        only(many || operation.takes(Lease.class, Holder.class), ofLeases()),
                        only(operation == Operation.SAVE || operation == Operation.SAVE_ALL, ofPartitions()),
                        only(operation.takes(List.class, Collection.class), ofSizes()),
                        only(operation.takes(List.class), ofChanges()),
                        only(operation.takes(Duration.class), ofTerms()))
                .flatMap(each -> each);
    }

    private static Stream<Condition> only(boolean possible, Stream<Condition> conditions) {
        return possible ? conditions : Stream.empty();
    }

    private static Stream<Condition> ofLeases() {
        return Stream.of(
                condition("of epoch 10 or later", call -> epoch(call) >= 10),
                condition("of epoch 2 or later", call -> epoch(call) >= 2));
    }

    private static Stream<Condition> ofPartitions() {
        return Stream.of(
                condition("of a partition above 0", call -> partition(call) > 0),
                condition("of a partition above 9", call -> partition(call) > 9),
                condition("of a partition above 255", call -> partition(call) > 255));
    }

    private static Stream<Condition> ofSizes() {
        return Stream.of(
                condition("of several", call -> size(call) > 1),
                condition("of more than 10", call -> size(call) > 10),
                condition("of more than 40", call -> size(call) > 40));
    }

    private static Stream<Condition> ofChanges() {
        return Stream.of(
                condition(
                        "that removes a record",
                        call -> changes(call).anyMatch(change -> change.fields().isEmpty())),
                condition(
                        "of a record above 4 KiB", call -> changes(call).anyMatch(change -> change.size() > 4 << 10)));
    }

    private static Stream<Condition> ofTerms() {
        return Stream.of(
                condition("of a term above an hour", call -> term(call).compareTo(Duration.ofHours(1)) > 0),
                condition("of a term above a month", call -> term(call).compareTo(Duration.ofDays(31)) > 0));
    }

    private static long epoch(Call call) {
        return Arrays.stream(call.arguments())
                .flatMap(CheckpointConditions::leases)
                .mapToLong(Lease::epoch)
                .max()
                .orElse(0);
    }

    private static Stream<Lease> leases(Object argument) {
        if (argument instanceof Collection<?> all) {
            return all.stream().flatMap(CheckpointConditions::leases);
        }
        if (argument instanceof Holder holder) {
            return Stream.of(holder.lease());
        }
        if (argument instanceof Save save) {
            return Stream.of(save.lease());
        }
        return argument instanceof Lease lease ? Stream.of(lease) : Stream.empty();
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
