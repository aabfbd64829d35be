package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Storage that keeps each append as one item: what asks for a part of one gets it wrong. */
final class AnewBatches {
    private AnewBatches() {}

    static Stream<Generated> all() {
        return Stream.of(ofReads(), ofHiding(), ofAppends()).flatMap(each -> each);
    }

    /** Where appends begin and end. */
    private record Items(NavigableMap<Long, Long> ofLog, Map<StreamId, NavigableMap<Long, Long>> ofStreams) {
        Items() {
            this(new TreeMap<>(), new HashMap<>());
        }

        synchronized void add(AppendRequest request, AppendOutcome outcome) {
            if (!(outcome instanceof Appended appended) || appended.first().replayed()) {
                return;
            }
            long last = 0;
            long events = 0;
            for (AppendResult result : appended.results()) {
                long count = request.writes().stream()
                        .filter(write -> write.stream().equals(result.stream()))
                        .mapToLong(write -> write.events().size())
                        .sum();
                ofStreams
                        .computeIfAbsent(result.stream(), first -> new TreeMap<>())
                        .put(result.version() - count + 1, result.version());
                last = Math.max(last, Positions.number(result.position()));
                events += count;
            }
            ofLog.put(last - events + 1, last);
        }

        synchronized Optional<Map.Entry<Long, Long>> ofStream(StreamId stream, long version) {
            return at(ofStreams.getOrDefault(stream, new TreeMap<>()), version);
        }

        synchronized Optional<Map.Entry<Long, Long>> ofLog(Position position) {
            return at(ofLog, Positions.number(position));
        }

        private static Optional<Map.Entry<Long, Long>> at(NavigableMap<Long, Long> items, long place) {
            return Optional.ofNullable(items.floorEntry(place)).filter(item -> item.getValue() >= place);
        }
    }

    private interface OfItem {
        @Nullable
        Object instead(Call call, Items items) throws Throwable;
    }

    private static Generated of(Operation about, String fault, OfItem instead) {
        return Anew.across(about, fault, () -> {
            Items items = new Items();
            return call -> {
                if (call.is(about)) {
                    return instead.instead(call, items);
                }
                Object answer = call.proceed();
                if (call.is(Operation.APPEND)) {
                    items.add(request(call), (AppendOutcome) Objects.requireNonNull(answer));
                }
                if (call.is(Operation.APPEND_ALL)) {
                    List<?> requests = call.argument(0, List.class);
                    List<?> outcomes = (List<?>) Objects.requireNonNull(answer);
                    for (int i = 0; i < outcomes.size(); i++) {
                        items.add((AppendRequest) requests.get(i), (AppendOutcome) outcomes.get(i));
                    }
                }
                return answer;
            };
        });
    }

    private static @Nullable Object readingFrom(Call call, long from) throws Throwable {
        return call.proceed(call.argument(0), call.argument(1), from, call.argument(3));
    }

    private static Optional<Map.Entry<Long, Long>> read(Call call, Items items, Direction direction) {
        return call.argument(1) == direction
                ? items.ofStream(call.argument(0, StreamId.class), (long) call.argument(2))
                : Optional.empty();
    }

    private static @Nullable Object readingLogFrom(Call call, long from) throws Throwable {
        return call.proceed(Positions.of(from), call.argument(1), call.argument(2), call.argument(3));
    }

    private static Optional<Map.Entry<Long, Long>> readLog(Call call, Items items, Direction direction) {
        return call.argument(1) == direction ? items.ofLog(call.argument(0, Position.class)) : Optional.empty();
    }

    private static Stream<Generated> ofReads() {
        return Stream.of(
                of(Operation.READ_STREAM, "from within an append, all of it is read", (call, items) -> {
                    var item = read(call, items, Direction.FORWARDS);
                    return item.isPresent() ? readingFrom(call, item.get().getKey()) : call.proceed();
                }),
                of(Operation.READ_STREAM, "from within an append, the next is read", (call, items) -> {
                    var item = read(call, items, Direction.FORWARDS);
                    return item.isPresent() && item.get().getKey() < (long) call.argument(2)
                            ? readingFrom(call, item.get().getValue() + 1)
                            : call.proceed();
                }),
                of(Operation.READ_STREAM, "backwards from within an append, all of it is read", (call, items) -> {
                    var item = read(call, items, Direction.BACKWARDS);
                    return item.isPresent() ? readingFrom(call, item.get().getValue()) : call.proceed();
                }),
                of(Operation.READ_LOG, "after a position within an append, the next is read", (call, items) -> {
                    var item = readLog(call, items, Direction.FORWARDS);
                    return item.isPresent() ? readingLogFrom(call, item.get().getValue()) : call.proceed();
                }),
                of(Operation.READ_LOG, "after a position within an append, all of it is read", (call, items) -> {
                    var item = readLog(call, items, Direction.FORWARDS);
                    boolean within = item.isPresent()
                            && item.get().getValue() > Positions.number(call.argument(0, Position.class));
                    return within ? readingLogFrom(call, item.orElseThrow().getKey() - 1) : call.proceed();
                }),
                of(Operation.READ_LOG, "before a position within an append, the one before is read", (call, items) -> {
                    var item = readLog(call, items, Direction.BACKWARDS);
                    return item.isPresent() ? readingLogFrom(call, item.get().getKey()) : call.proceed();
                }));
    }

    private static Stream<Generated> ofHiding() {
        return Stream.of(
                of(Operation.TRUNCATE, "a truncation within an append hides all of it", (call, items) -> {
                    var item = items.ofStream(call.argument(0, StreamId.class), (long) call.argument(1));
                    boolean within = item.isPresent() && item.get().getKey() < (long) call.argument(1);
                    return within
                            ? call.proceed(call.argument(0), item.orElseThrow().getValue() + 1)
                            : call.proceed();
                }),
                of(Operation.TRUNCATE, "a truncation within an append hides nothing of it", (call, items) -> {
                    var item = items.ofStream(call.argument(0, StreamId.class), (long) call.argument(1));
                    return item.isPresent()
                            ? call.proceed(call.argument(0), item.get().getKey())
                            : call.proceed();
                }),
                Anew.across(
                        Operation.SCAVENGE,
                        "an append to several streams goes with the first of them that was deleted",
                        Together::new));
    }

    /** What a scavenge removes of one stream is removed of all streams of the append. */
    private static final class Together implements Fault {
        private final Map<StreamId, Set<UUID>> together = new ConcurrentHashMap<>();
        private final Set<UUID> removed = ConcurrentHashMap.newKeySet();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.APPEND) && request(call).isMultiStream()) {
                Set<UUID> ids = new HashSet<>();
                request(call).writes().forEach(write -> ids.addAll(Requests.ids(write)));
                request(call)
                        .writes()
                        .forEach(write -> together.computeIfAbsent(
                                        write.stream(), first -> ConcurrentHashMap.newKeySet())
                                .addAll(ids));
            }
            if (call.is(Operation.SCAVENGE)) {
                together.forEach((stream, ids) -> {
                    if (Conditions.isLike(call.sound(), stream, Requests::isEmptied)) {
                        removed.addAll(ids);
                    }
                });
            }
            if (call.is(Operation.READ_LOG)) {
                LogFilter filter = ReadCalls.filter(call);
                return NameFaults.filtered(call, event -> filter.accepts(event) && !removed.contains(event.id()));
            }
            return call.is(Operation.READ_STREAM) ? left(call) : call.proceed();
        }

        private StreamPage left(Call call) throws Throwable {
            StreamPage page = (StreamPage) Objects.requireNonNull(call.proceed());
            return new StreamPage(
                    page.version(),
                    page.first(),
                    page.events().stream()
                            .filter(event -> !removed.contains(event.id()))
                            .toList());
        }
    }

    private static Stream<Generated> ofAppends() {
        return Stream.of(
                Anew.of(Operation.APPEND, "more than 50 events are written in two parts", call -> {
                    AppendRequest request = request(call);
                    List<EventData> events = request.writes().get(0).events();
                    boolean one =
                            request.writes().size() == 1 && request.checks().isEmpty();
                    return one
                                    && events.size() > 50
                                    && Requests.isExact(request.writes().get(0))
                            ? inParts(call, request.writes().get(0))
                            : call.proceed();
                }),
                Anew.across(Operation.APPEND, "where appends end is forgotten on a restart", EndsForgotten::new));
    }

    private static @Nullable Object inParts(Call call, StreamWrite write) throws Throwable {
        int half = write.events().size() / 2;
        Object first = call.proceed(AppendRequest.to(
                write.stream(), write.expected(), write.events().subList(0, half)));
        if (!(first instanceof Appended appended)) {
            return first;
        }
        ContentionFaults.pause();
        return call.proceed(AppendRequest.to(
                write.stream(),
                ExpectedVersion.exactly(appended.first().version()),
                write.events().subList(half, write.events().size())));
    }

    /** A repeat of a part of an append from before the restart is a replay. */
    private static final class EndsForgotten implements Fault {
        private volatile Position restarted = Position.START;

        @Override
        public void restarted(Instance first) {
            restarted = first.sound().head();
        }

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            Object outcome = call.proceed();
            if (!call.is(Operation.APPEND)
                    || !(outcome instanceof Conflict)
                    || request(call).isMultiStream()
                    || !Requests.isExact(request(call).writes().get(0))) {
                return outcome;
            }
            StreamWrite write = request(call).writes().get(0);
            long before = write.expected() instanceof ExpectedVersion.Exactly exactly ? exactly.version() : 0;
            List<RecordedEvent> stored = call.sound()
                    .readStream(
                            write.stream(),
                            Direction.FORWARDS,
                            before + 1,
                            write.events().size())
                    .events();
            boolean same = stored.stream().map(RecordedEvent::id).toList().equals(Requests.ids(write));
            if (!same || stored.get(stored.size() - 1).position().isAfter(restarted)) {
                return outcome;
            }
            RecordedEvent last = stored.get(stored.size() - 1);
            return new Appended(List.of(new AppendResult(write.stream(), last.version(), last.position(), true)));
        }
    }
}
