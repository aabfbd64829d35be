package io.headwater.verification.generated;

import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Indexes beside the events that one way to append, or one way to hide, does not bring up to date. */
final class DevisedIndexes {
    private DevisedIndexes() {}

    /** How events are appended. */
    private enum Way {
        SEVERAL("the second of several streams"),
        IMPORTED("imported"),
        HELD("held"),
        LATER_LIFE("of a later life"),
        LONG("beyond the tenth of an append");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        /** The events of a call that are appended in this way. */
        Stream<EventData> of(Call call) {
            boolean own = switch (this) {
                case IMPORTED -> call.is(Operation.APPEND_ALL);
                case HELD -> call.is(Operation.HOLD);
                default -> call.is(Operation.APPEND, Operation.APPEND_ALL, Operation.HOLD);
            };
            return own ? requests(call).flatMap(request -> of(call, request)) : Stream.empty();
        }

        private Stream<EventData> of(Call call, AppendRequest request) {
            return switch (this) {
                case SEVERAL -> request.writes().stream().skip(1).flatMap(write -> write.events().stream());
                case LATER_LIFE ->
                    request.writes().stream()
                            .filter(write -> isEmptied(call.sound(), write.stream()))
                            .flatMap(write -> write.events().stream());
                case LONG ->
                    request.writes().stream()
                            .flatMap(write -> write.events().stream().skip(10));
                default -> request.writes().stream().flatMap(write -> write.events().stream());
            };
        }
    }

    private static Stream<AppendRequest> requests(Call call) {
        return call.argument(0) instanceof List<?> series
                ? series.stream().map(AppendRequest.class::cast)
                : Stream.of(call.argument(0, AppendRequest.class));
    }

    private static boolean isEmptied(Backend sound, StreamId stream) {
        return Conditions.isLike(sound, stream, page -> page.first() > page.version());
    }

    /** What is read by an index. */
    private enum Index {
        CATEGORY("reads of a category", Operation.READ_LOG),
        TYPE("reads of a type", Operation.READ_LOG),
        PREFIX("reads of a prefix", Operation.READ_LOG),
        BACKWARDS("reads of the log backwards", Operation.READ_LOG),
        STREAM_BACKWARDS("reads of streams backwards", Operation.READ_STREAM),
        TIMES("positions of times", Operation.POSITION_AT),
        CATALOG("the numbers of events of streams", Operation.STREAMS),
        CATEGORIES("the numbers of events of categories", Operation.CATEGORIES),
        FACTS("the number of events", Operation.DIAGNOSTICS),
        REPEATS("repeats", Operation.APPEND);

        private final String title;
        private final Operation operation;

        Index(String title, Operation operation) {
            this.title = title;
            this.operation = operation;
        }

        boolean isUsedBy(Call call) {
            return call.is(operation)
                    && switch (this) {
                        case CATEGORY -> !filter(call).categories().isEmpty();
                        case TYPE -> !filter(call).types().isEmpty();
                        case PREFIX -> !filter(call).streamPrefix().isEmpty();
                        case BACKWARDS, STREAM_BACKWARDS -> call.argument(1) == Direction.BACKWARDS;
                        default -> true;
                    };
        }
    }

    private static LogFilter filter(Call call) {
        return call.argument(2, LogFilter.class);
    }

    static Stream<Generated> all() {
        Stream<Generated> appended = Arrays.stream(Way.values())
                .flatMap(way -> Arrays.stream(Index.values())
                        .filter(index -> isNoticeable(way, index))
                        .map(index -> Devised.across(
                                index.operation,
                                "events %s are not in %s".formatted(way.title, index.title),
                                () -> new Missing(way, index))));
        Stream<Generated> hidden = Stream.of(Index.CATEGORY, Index.TYPE, Index.PREFIX, Index.BACKWARDS)
                .flatMap(index -> Stream.of(
                        Devised.across(
                                index.operation, "hidden events are not in " + index.title, () -> new Hidden(index)),
                        Devised.across(
                                Operation.SCAVENGE,
                                "removed events stay in " + index.title,
                                () -> new Removed(index))));
        return Stream.concat(appended, hidden);
    }

    /**
     * Held appends are no repeats in any rule. Those that come later in an append have the time of those before them, and
     * no repeat begins with one.
     */
    private static boolean isNoticeable(Way way, Index index) {
        return switch (way) {
            case HELD -> index != Index.REPEATS;
            case SEVERAL -> index != Index.TIMES;
            case LONG -> index != Index.TIMES && index != Index.REPEATS;
            default -> true;
        };
    }

    private static List<RecordedEvent> log(Backend sound) {
        return sound.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events();
    }

    private static Position timeOf(List<RecordedEvent> log, Instant time, Position head) {
        return log.stream()
                .filter(event -> !event.recordedAt().isBefore(time))
                .findFirst()
                .map(event -> Positions.of(Positions.number(event.position()) - 1))
                .orElse(head);
    }

    /** Events that were appended in one way are missing where an index is used. */
    private static final class Missing implements Fault {
        private final Way way;
        private final Index index;
        private final Set<UUID> missing = ConcurrentHashMap.newKeySet();

        Missing(Way way, Index index) {
            this.way = way;
            this.index = index;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            List<UUID> appended = way.of(call).map(EventData::id).toList();
            try {
                return index.isUsedBy(call) ? answer(call) : call.proceed();
            } finally {
                missing.addAll(appended);
            }
        }

        private boolean isThere(RecordedEvent event) {
            return !missing.contains(event.id());
        }

        private @Nullable Object answer(Call call) throws Throwable {
            return switch (index) {
                case CATEGORY, TYPE, PREFIX, BACKWARDS ->
                    NameFaults.filtered(call, event -> filter(call).accepts(event) && isThere(event));
                case STREAM_BACKWARDS ->
                    Deep.changed(
                            call.proceed(),
                            StreamPage.class,
                            page -> new StreamPage(
                                    page.version(),
                                    page.first(),
                                    page.events().stream().filter(this::isThere).toList()));
                case TIMES ->
                    timeOf(
                            log(call.sound()).stream().filter(this::isThere).toList(),
                            call.argument(0, Instant.class),
                            call.sound().head());
                case CATALOG ->
                    Deep.changed(
                            call.proceed(),
                            StreamInfo.class,
                            info -> new StreamInfo(
                                    info.stream(),
                                    info.version(),
                                    info.events() - missingOf(call.sound(), info.stream()),
                                    info.state()));
                case CATEGORIES -> categories(call);
                case FACTS -> facts(call);
                case REPEATS ->
                    call.proceed(
                            Deep.arguments(call.arguments(), StreamWrite.class, write -> asNew(call.sound(), write)));
            };
        }

        private long missingOf(Backend sound, StreamId stream) {
            try {
                return sound.readStream(stream, Direction.FORWARDS, 0, Integer.MAX_VALUE).events().stream()
                        .filter(event -> !isThere(event))
                        .count();
            } catch (StreamDeleted gone) {
                return 0;
            }
        }

        private @Nullable Object categories(Call call) throws Throwable {
            Map<String, Long> less = log(call.sound()).stream()
                    .filter(event -> !isThere(event))
                    .filter(event ->
                            Conditions.isLike(call.sound(), event.stream(), page -> page.first() <= event.version()))
                    .filter(event -> event.stream().category().isPresent())
                    .collect(Collectors.groupingBy(
                            event -> event.stream().category().orElseThrow(), Collectors.counting()));
            return Deep.changed(
                    call.proceed(),
                    CategoryInfo.class,
                    info -> new CategoryInfo(
                            info.name(), info.streams(), info.events() - less.getOrDefault(info.name(), 0L)));
        }

        private @Nullable Object facts(Call call) throws Throwable {
            Map<Object, Object> facts = new LinkedHashMap<>((Map<?, ?>) call.proceed());
            long less =
                    log(call.sound()).stream().filter(event -> !isThere(event)).count();
            facts.computeIfPresent("events", (name, events) -> "" + (Long.parseLong((String) events) - less));
            return facts;
        }

        private StreamWrite asNew(Backend sound, StreamWrite write) {
            boolean exact = write.expected() instanceof ExpectedVersion.Exactly
                    || write.expected().equals(ExpectedVersion.noStream());
            if (exact || !missing.contains(write.events().get(0).id())) {
                return write;
            }
            try {
                StreamPage end = Success.end(sound, write.stream());
                return new StreamWrite(write.stream(), ExpectedVersion.exactly(end.version()), write.events());
            } catch (StreamDeleted gone) {
                return write;
            }
        }
    }

    /** What is hidden is missing before a scavenge removes it. */
    private static final class Hidden implements Fault {
        private final Index index;

        Hidden(Index index) {
            this.index = index;
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (!index.isUsedBy(call)) {
                return call.proceed();
            }
            return NameFaults.filtered(call, event -> filter(call).accepts(event) && isVisible(call.sound(), event));
        }

        private static boolean isVisible(Backend sound, RecordedEvent event) {
            return Conditions.isLike(sound, event.stream(), page -> page.first() <= event.version());
        }
    }

    /** What a scavenge removed is still there. */
    private static final class Removed implements Fault {
        private final Index index;
        private final List<RecordedEvent> removed = new ArrayList<>();

        Removed(Index index) {
            this.index = index;
        }

        @Override
        public synchronized @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.SCAVENGE)) {
                List<RecordedEvent> before = new ArrayList<>(log(call.sound()));
                Object answer = call.proceed();
                before.removeAll(log(call.sound()));
                removed.addAll(before);
                return answer;
            }
            if (!index.isUsedBy(call) || removed.isEmpty()) {
                return call.proceed();
            }
            List<RecordedEvent> all = new ArrayList<>(log(call.sound()));
            all.addAll(removed);
            all.sort((one, other) -> one.position().compareTo(other.position()));
            return page(call, all);
        }

        private static Object page(Call call, List<RecordedEvent> all) {
            boolean forwards = call.argument(1) == Direction.FORWARDS;
            Position from = call.argument(0, Position.class);
            int limit = (int) call.argument(3);
            List<RecordedEvent> found = new ArrayList<>(all.stream()
                    .filter(event -> forwards ? event.position().isAfter(from) : from.isAfter(event.position()))
                    .filter(filter(call)::accepts)
                    .toList());
            if (!forwards) {
                Collections.reverse(found);
            }
            if (found.size() >= limit) {
                List<RecordedEvent> full = found.subList(0, limit);
                return new LogPage(full, full.get(limit - 1).position(), true);
            }
            Position head = call.sound().head();
            Position end = forwards ? (from.isAfter(head) ? from : head) : Position.START;
            return new LogPage(found, end, false);
        }
    }
}
