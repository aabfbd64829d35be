package io.headwater.verification.generated;

import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.SubscriptionRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists by name in another order than that of code points. */
final class OrderFaults {
    private static final Map<String, Comparator<String>> ORDERS = Map.of(
            "of UTF-16", Comparator.naturalOrder(),
            "that ignores capitals", String.CASE_INSENSITIVE_ORDER,
            "of lengths", Comparator.comparing(String::length),
            "of the ends",
                    Comparator.comparing(
                            name -> new StringBuilder(name).reverse().toString()));

    private OrderFaults() {}

    static Stream<Generated> all() {
        return Stream.of(Operation.STREAMS, Operation.CATEGORIES, Operation.RECORDS, Operation.LIST, Operation.HOLDERS)
                .flatMap(operation -> ORDERS.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(order -> Generated.of(
                                operation,
                                "in the order " + order.getKey(),
                                () -> call -> sorted((List<?>) call.proceed(), order.getValue()))));
    }

    private static List<?> sorted(
            java.util.@org.jspecify.annotations.Nullable List<?> answer, Comparator<String> order) {
        List<Object> changed = new ArrayList<>(answer);
        changed.sort(Comparator.comparing(OrderFaults::name, order));
        return changed;
    }

    private static String name(Object element) {
        if (element instanceof StreamInfo info) {
            return info.stream().value();
        }
        if (element instanceof CategoryInfo info) {
            return info.name();
        }
        if (element instanceof SubscriptionRecord record) {
            return record.key();
        }
        return element instanceof Checkpoint checkpoint
                ? checkpoint.subscription()
                : ((Holder) element).lease().subscription();
    }
}
