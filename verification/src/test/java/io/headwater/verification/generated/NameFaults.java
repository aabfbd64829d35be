package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Names of each kind that are taken for each other in each way. */
final class NameFaults {
    private NameFaults() {}

    static Stream<Generated> all() {
        return NameKeys.ALL.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(key -> of(key.getKey(), key.getValue()));
    }

    private static Stream<Generated> of(String same, UnaryOperator<String> key) {
        return Stream.of(
                renaming(Operation.APPEND, "streams", same, key, NameFaults::streams),
                renaming(Operation.ACQUIRE, "subscriptions", same, key, NameFaults::subscriptions),
                renaming(Operation.ACQUIRE, "owners", same, key, NameFaults::owners),
                renaming(Operation.SAVE_SNAPSHOT, "snapshots", same, key, NameFaults::snapshots),
                renaming(Operation.CHANGE, "keys of records", same, key, NameFaults::recordKeys),
                filtering(
                        "types",
                        same,
                        (filter, event) -> accepts(filter.types(), event.type(), key)
                                && new LogFilter(filter.categories(), Set.of(), filter.streamPrefix()).accepts(event)),
                filtering(
                        "categories",
                        same,
                        (filter, event) -> accepts(
                                        filter.categories(),
                                        event.stream().category().orElse(""),
                                        key)
                                && new LogFilter(Set.of(), filter.types(), filter.streamPrefix()).accepts(event)),
                filtering(
                        "prefixes",
                        same,
                        (filter, event) ->
                                key.apply(event.stream().value()).startsWith(key.apply(filter.streamPrefix()))
                                        && new LogFilter(filter.categories(), filter.types(), "").accepts(event)),
                Generated.of(Operation.STREAMS, "prefixes are the same " + same, () -> call -> listed(call, key)));
    }

    private static boolean accepts(Set<String> names, String name, UnaryOperator<String> key) {
        return names.isEmpty() || names.stream().map(key).anyMatch(key.apply(name)::equals);
    }

    /** The arguments with names in the first spelling that was used. */
    interface Renaming {
        Object[] renamed(Call call, UnaryOperator<String> first);
    }

    private static Generated renaming(
            Operation about, String names, String same, UnaryOperator<String> key, Renaming renaming) {
        return Generated.across(about, names + " are the same " + same, () -> {
            Map<String, String> spellings = new ConcurrentHashMap<>();
            UnaryOperator<String> first = name -> spellings.computeIfAbsent(key.apply(name), unknown -> name);
            return call -> call.proceed(renaming.renamed(call, first));
        });
    }

    static Object[] streams(Call call, UnaryOperator<String> first) {
        return Deep.arguments(call.arguments(), StreamId.class, id -> new StreamId(first.apply(id.value())));
    }

    private static boolean isOfCheckpoints(Call call) {
        return call.operation().part() == CheckpointStore.class;
    }

    static Object[] subscriptions(Call call, UnaryOperator<String> first) {
        if (!isOfCheckpoints(call)) {
            return call.arguments();
        }
        Object[] arguments = Deep.arguments(
                call.arguments(),
                Lease.class,
                lease -> new Lease(first.apply(lease.subscription()), lease.owner(), lease.epoch()));
        return replaced(arguments, 0, first);
    }

    private static Object[] owners(Call call, UnaryOperator<String> first) {
        return call.is(Operation.ACQUIRE, Operation.TAKE_OVER)
                ? replaced(call.arguments(), 1, first)
                : call.arguments();
    }

    static Object[] snapshots(Call call, UnaryOperator<String> first) {
        if (call.is(Operation.LOAD_SNAPSHOT, Operation.DELETE_SNAPSHOT)) {
            return replaced(call.arguments(), 1, first);
        }
        return Deep.arguments(
                call.arguments(),
                Snapshot.class,
                saved -> new Snapshot(saved.stream(), first.apply(saved.name()), saved.version(), saved.data()));
    }

    static Object[] recordKeys(Call call, UnaryOperator<String> first) {
        return Deep.arguments(
                call.arguments(),
                RecordChange.class,
                change -> new RecordChange(change.kind(), first.apply(change.key()), change.fields()));
    }

    private static Object[] replaced(Object[] arguments, int index, UnaryOperator<String> first) {
        Object[] changed = Arrays.copyOf(arguments, arguments.length, Object[].class);
        if (changed.length > index && changed[index] instanceof String name) {
            changed[index] = first.apply(name);
        }
        return changed;
    }

    private static Generated filtering(String names, String same, BiPredicate<LogFilter, RecordedEvent> accepts) {
        return Generated.of(Operation.READ_LOG, names + " are the same " + same, () -> call -> {
            LogFilter filter = call.argument(2, LogFilter.class);
            return filter.isAll() ? call.proceed() : filtered(call, event -> accepts.test(filter, event));
        });
    }

    /** One page of what passes, which is empty where nothing of a page passes. */
    static LogPage filtered(Call call, Predicate<RecordedEvent> accepts) {
        Position from = call.argument(0, Position.class);
        Direction direction = call.argument(1, Direction.class);
        int limit = (int) call.argument(3);
        List<RecordedEvent> found = new ArrayList<>();
        LogPage page = next(call.sound(), from, direction);
        while (true) {
            for (RecordedEvent event : page.events()) {
                if (accepts.test(event)) {
                    found.add(event);
                    if (found.size() == limit) {
                        return new LogPage(found, event.position(), true);
                    }
                }
            }
            if (!page.more()) {
                return new LogPage(found, page.scannedTo(), false);
            }
            page = next(call.sound(), page.scannedTo(), direction);
        }
    }

    private static LogPage next(Backend sound, Position from, Direction direction) {
        return sound.readLog(from, direction, LogFilter.all(), 500);
    }

    private static List<StreamInfo> listed(Call call, UnaryOperator<String> key) throws Throwable {
        String prefix = key.apply((String) call.argument(0));
        @SuppressWarnings("unchecked")
        List<StreamInfo> all = (List<StreamInfo>) call.proceed("", (Optional<?>) call.argument(1), Integer.MAX_VALUE);
        return all.stream()
                .filter(info -> key.apply(info.stream().value()).startsWith(prefix))
                .limit((int) call.argument(2))
                .toList();
    }
}
