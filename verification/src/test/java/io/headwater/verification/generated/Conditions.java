package io.headwater.verification.generated;

import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The conditions under which an operation may be wrong, told by what it is asked for. */
final class Conditions {
    private Conditions() {}

    /** Those of any operation, each with a memory of its own. */
    private static final List<Supplier<Condition>> OF_ALL = List.of(
            () -> counted("every third time", count -> count % 3 == 0),
            () -> counted("from the 20th time on", count -> count >= 20),
            Conditions::repeated,
            () -> new Condition("in later instances", call -> call.instance().number() > 1),
            () -> new Condition("after a restart", call -> call.instance().restarts() > 0));

    static List<Supplier<Condition>> of(Operation operation) {
        Stream<Condition> own = switch (operation) {
            case APPEND, HOLD -> AppendConditions.ofRequests();
            case APPEND_ALL -> AppendConditions.ofSeries();
            case READ_STREAM -> ofStreams();
            case READ_LOG -> ofLog();
            case POSITION_AT -> Stream.empty();
            case DELETE, TOMBSTONE -> Stream.concat(ofNames(operation), ofExpectations());
            case TRUNCATE -> Stream.concat(ofNames(operation), ofTruncations());
            case SAVE_SNAPSHOT ->
                Stream.of(ofNames(operation), ofSnapshots(), ofUnwritten()).flatMap(each -> each);
            case LOAD_SNAPSHOT, DELETE_SNAPSHOT -> Stream.concat(ofNames(operation), ofUnwritten());
            case STREAMS -> ofCatalog();
            case HEAD, LAST_DECIDED, STORE_ID, SCAVENGE, CATEGORIES, DIAGNOSTICS -> Stream.empty();
            default -> operation.part() == CheckpointStore.class ? CheckpointConditions.of(operation) : Stream.empty();
        };
        return Stream.concat(OF_ALL.stream(), own.<Supplier<Condition>>map(condition -> () -> condition))
                .toList();
    }

    private static Condition counted(String name, Predicate<Integer> when) {
        AtomicInteger calls = new AtomicInteger();
        return new Condition(name, call -> when.test(calls.incrementAndGet()));
    }

    private static Condition repeated() {
        Set<List<Object>> before = ConcurrentHashMap.newKeySet();
        return new Condition("the second time for the same", call -> !before.add(List.of(first(call))));
    }

    static Object first(Call call) {
        return call.arguments().length == 0 ? "" : call.argument(0);
    }

    static Condition condition(String name, Predicate<Call> when) {
        return new Condition(name, when);
    }

    /** Whether the stream is like this, and not tombstoned. */
    static boolean isLike(Backend sound, StreamId stream, Predicate<StreamPage> like) {
        try {
            StreamPage end = Success.end(sound, stream);
            return end.version() > 0 && like.test(end);
        } catch (StreamDeleted gone) {
            return false;
        }
    }

    private static Stream<Condition> ofStreams() {
        return Stream.of(
                condition("backwards", call -> call.argument(1) == Direction.BACKWARDS),
                condition(
                        "backwards from the middle",
                        call -> call.argument(1) == Direction.BACKWARDS && from(call) < Long.MAX_VALUE),
                condition(
                        "forwards from version 10 or later",
                        call -> call.argument(1) == Direction.FORWARDS && from(call) >= 10),
                condition(
                        "forwards from version 100 or later",
                        call -> call.argument(1) == Direction.FORWARDS && from(call) >= 100),
                condition("forwards from version 0", call -> from(call) == 0),
                condition("with the limit 1", call -> limit(call, 3) == 1),
                condition(
                        "of a name longer than 64",
                        call -> call.argument(0, StreamId.class).value().length() > 64),
                ofStream("that was emptied", page -> page.first() > page.version()),
                ofStream("that was truncated", page -> page.first() > 1),
                ofStream("beyond version 10", page -> page.version() > 10),
                ofStream("beyond version 100", page -> page.version() > 100),
                ofStream("beyond version 1000", page -> page.version() > 1000));
    }

    private static long from(Call call) {
        return (long) call.argument(2);
    }

    private static int limit(Call call, int index) {
        return (int) call.argument(index);
    }

    private static Condition ofStream(String name, Predicate<StreamPage> like) {
        return condition(name, call -> isLike(call.sound(), call.argument(0, StreamId.class), like));
    }

    private static Condition ofFilter(String name, Predicate<LogFilter> when) {
        return condition(name, call -> when.test(call.argument(2, LogFilter.class)));
    }

    private static Stream<Condition> ofLog() {
        return Stream.of(
                condition("backwards", call -> call.argument(1) == Direction.BACKWARDS),
                condition(
                        "backwards with a filter",
                        call -> call.argument(1) == Direction.BACKWARDS
                                && !call.argument(2, LogFilter.class).isAll()),
                condition(
                        "backwards from the end",
                        call -> call.argument(1) == Direction.BACKWARDS
                                && call.argument(0).equals(Position.END)),
                condition("forwards from the start", call -> call.argument(0).equals(Position.START)),
                condition(
                        "forwards from the end",
                        call -> call.argument(1) == Direction.FORWARDS
                                && call.argument(0).equals(Position.END)),
                condition(
                        "from beyond position 1000", call -> Positions.number(call.argument(0, Position.class)) > 1000),
                condition("with the limit 1", call -> limit(call, 3) == 1),
                ofFilter("of types", filter -> !filter.types().isEmpty()),
                ofFilter("of several types", filter -> filter.types().size() > 1),
                ofFilter("of more than 10 types", filter -> filter.types().size() > 10),
                ofFilter("of more than 100 types", filter -> filter.types().size() > 100),
                ofFilter("of categories", filter -> !filter.categories().isEmpty()),
                ofFilter("of several categories", filter -> filter.categories().size() > 1),
                ofFilter(
                        "of more than 10 categories",
                        filter -> filter.categories().size() > 10),
                ofFilter(
                        "of more than 100 categories",
                        filter -> filter.categories().size() > 100),
                ofFilter("of a prefix", filter -> !filter.streamPrefix().isEmpty()),
                ofFilter(
                        "of a prefix with a dash",
                        filter -> filter.streamPrefix().contains("-")),
                ofFilter(
                        "of types and categories",
                        filter -> !filter.types().isEmpty()
                                && !filter.categories().isEmpty()),
                ofFilter(
                        "of types and a prefix",
                        filter -> !filter.types().isEmpty()
                                && !filter.streamPrefix().isEmpty()),
                ofFilter(
                        "of categories and a prefix",
                        filter -> !filter.categories().isEmpty()
                                && !filter.streamPrefix().isEmpty()));
    }

    /** Of an operation that is told a name. */
    static Stream<Condition> ofNames(Operation operation) {
        return operation.takes(String.class, StreamId.class, Snapshot.class, Lease.class, Holder.class)
                ? Stream.of(condition(
                        "of a name longer than 64", call -> texts(call).anyMatch(text -> text.length() > 64)))
                : Stream.empty();
    }

    private static Stream<String> texts(Call call) {
        return Arrays.stream(call.arguments()).flatMap(Conditions::texts);
    }

    private static Stream<String> texts(Object argument) {
        if (argument instanceof Snapshot snapshot) {
            return Stream.of(snapshot.name(), snapshot.stream().value());
        }
        if (argument instanceof Lease lease) {
            return Stream.of(lease.subscription());
        }
        if (argument instanceof Holder holder) {
            return Stream.of(holder.lease().subscription());
        }
        return argument instanceof String || argument instanceof StreamId
                ? Stream.of(argument.toString())
                : Stream.empty();
    }

    private static Stream<Condition> ofExpectations() {
        return Stream.of(
                condition("expecting any version", call -> call.argument(1).equals(ExpectedVersion.any())),
                condition("expecting no stream", call -> call.argument(1).equals(ExpectedVersion.noStream())),
                condition("expecting a stream", call -> call.argument(1).equals(ExpectedVersion.streamExists())),
                condition("expecting a version", call -> call.argument(1) instanceof ExpectedVersion.Exactly),
                ofStream("that was emptied", page -> page.first() > page.version()),
                ofStream("that was truncated", page -> page.first() > 1),
                ofStream("beyond version 10", page -> page.version() > 10),
                ofStream("beyond version 100", page -> page.version() > 100));
    }

    private static Stream<Condition> ofTruncations() {
        return Stream.of(
                condition("to version 10 or later", call -> (long) call.argument(1) >= 10),
                condition("to version 100 or later", call -> (long) call.argument(1) >= 100),
                condition("beyond 32 bits", call -> (long) call.argument(1) > Integer.MAX_VALUE),
                ofStream("that was emptied", page -> page.first() > page.version()),
                ofStream("that was truncated", page -> page.first() > 1));
    }

    private static Stream<Condition> ofSnapshots() {
        return Stream.of(
                ofSnapshot("of version 10 or later", snapshot -> snapshot.version() >= 10),
                ofSnapshot("of version 100 or later", snapshot -> snapshot.version() >= 100),
                ofSnapshot("beyond 32 bits", snapshot -> snapshot.version() > Integer.MAX_VALUE),
                ofSnapshot("of data above 64 KiB", snapshot -> snapshot.data().size() > 64 << 10),
                ofSnapshot("of empty data", snapshot -> snapshot.data().size() == 0));
    }

    private static Stream<Condition> ofUnwritten() {
        return Stream.of(condition(
                "of a stream that was never written", call -> !isLike(call.sound(), stream(call), page -> true)));
    }

    private static StreamId stream(Call call) {
        return call.argument(0) instanceof Snapshot snapshot ? snapshot.stream() : call.argument(0, StreamId.class);
    }

    private static Condition ofSnapshot(String name, Predicate<Snapshot> when) {
        return condition(name, call -> call.argument(0) instanceof Snapshot snapshot && when.test(snapshot));
    }

    private static Stream<Condition> ofCatalog() {
        return Stream.of(
                condition(
                        "after a stream",
                        call -> call.argument(1, Optional.class).isPresent()),
                condition("of a prefix", call -> !call.argument(0).equals("")),
                condition(
                        "of a prefix after a stream",
                        call -> !call.argument(0).equals("")
                                && call.argument(1, Optional.class).isPresent()),
                condition("with the limit 1", call -> limit(call, 2) == 1),
                condition("with a limit above 10", call -> limit(call, 2) > 10),
                condition("with a limit above 100", call -> limit(call, 2) > 100));
    }
}
