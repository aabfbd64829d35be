package io.headwater.verification.generated;

import java.util.function.Predicate;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.SubscriptionRecord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists without elements of some kind. */
final class ListFaults {
    private ListFaults() {}

    static Stream<Generated> all() {
        return Stream.of(
                without(
                        Operation.STREAMS,
                        "without deleted ones",
                        element -> ((StreamInfo) element).state() == State.DELETED),
                without(
                        Operation.STREAMS,
                        "without tombstoned ones",
                        element -> ((StreamInfo) element).state() == State.TOMBSTONED),
                without(
                        Operation.STREAMS,
                        "without those that were never written",
                        element -> ((StreamInfo) element).version() == 0),
                without(
                        Operation.CATEGORIES,
                        "without those that have no events",
                        element -> ((CategoryInfo) element).events() == 0),
                without(
                        Operation.CATEGORIES,
                        "without those of one stream",
                        element -> ((CategoryInfo) element).streams() == 1),
                without(
                        Operation.RECORDS,
                        "without those without fields",
                        element -> ((SubscriptionRecord) element).fields().isEmpty()),
                without(Operation.LOAD, "without partition 0", element -> ((Checkpoint) element).partition() == 0),
                without(
                        Operation.LIST,
                        "without partitions above 0",
                        element -> ((Checkpoint) element).partition() > 0),
                without(
                        Operation.HOLDERS,
                        "without those that were renewed",
                        element -> ((Holder) element).renewals() > 0),
                without(
                        Operation.HOLDERS,
                        "without those of later epochs",
                        element -> ((Holder) element).lease().epoch() > 1),
                Generated.of(Operation.HOLDERS, "only with a checkpoint", () -> call -> {
                    var known = call.sound().checkpoints().list().stream()
                            .map(Checkpoint::subscription)
                            .collect(Collectors.toSet());
                    return ((List<?>) call.proceed())
                            .stream()
                                    .filter(holder -> known.contains(
                                            ((Holder) holder).lease().subscription()))
                                    .toList();
                }));
    }

    private static Generated without(Operation operation, String fault, Predicate<Object> left) {
        return Generated.of(
                operation,
                fault,
                () -> call -> ((List<?>) call.proceed())
                        .stream().filter(element -> !left.test(element)).toList());
    }
}
