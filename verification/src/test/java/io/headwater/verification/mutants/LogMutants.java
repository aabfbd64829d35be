package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.ReadMutants.changed;
import static io.headwater.verification.mutants.ReadMutants.only;
import static io.headwater.verification.mutants.ReadMutants.withoutCategories;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamDeleted;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The global log gone wrong: events twice, late or never, positions and heads that go back (G, C, D4). */
final class LogMutants {
    static final List<Mutant> ALL = List.of(
            ofReadLog(
                    "the first event of a page is there twice",
                    (backend, from, direction, filter, limit) -> changed(
                            backend.readLog(from, direction, filter, limit),
                            events -> Stream.concat(events.stream().limit(1), events.stream())
                                    .toList()),
                    "G1.1"),
            ofReadLog("every second reading lacks an event", lackingNowAndThen(), "G1.2"),
            ofReadLog(
                    "a page is backwards",
                    (backend, from, direction, filter, limit) ->
                            changed(backend.readLog(from, direction, filter, limit), LogMutants::reversed),
                    "G2.1",
                    "G5.1"),
            ofAppend(
                    "positions go down",
                    (backend, request) -> AppendMutants.answered(
                            backend.append(request),
                            result -> new AppendResult(
                                    result.stream(),
                                    result.version(),
                                    Positions.of(Long.MAX_VALUE - Positions.number(result.position())),
                                    result.replayed())),
                    "G5.2"),
            ofHead("the head lags behind the log", head -> Math.max(0, head - 1), "G7.1", "G8.2"),
            ofHead("the head goes back", goingBack(), "G7.2"),
            Mutant.of("the head is the last event that is left", new String[] {"D4.12"}, LogMutants::headless),
            Mutant.of("positions of removed events are given again", new String[] {"D4.8"}, LogMutants::reusing),
            ofReadLog(
                    "the last event never appears in the log",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(from, direction, filter, limit),
                            event -> event.position().compareTo(backend.head()) < 0),
                    "G8.1",
                    "C2.1"),
            ofReadLog(
                    "a page without events leads back to the start",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        return page.events().isEmpty() ? new LogPage(List.of(), Position.START, false) : page;
                    },
                    "G6.16"),
            ofReadLog(
                    "categories are ignored",
                    (backend, from, direction, filter, limit) ->
                            backend.readLog(from, direction, withoutCategories(filter), limit),
                    "C1.1",
                    "C1.7",
                    "G6.6"),
            ofReadLog(
                    "of several categories one is read",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            new LogFilter(
                                    filter.categories().stream().limit(1).collect(Collectors.toSet()),
                                    filter.types(),
                                    filter.streamPrefix()),
                            limit),
                    "G6.7"),
            ofReadLog(
                    "a prefix is ignored",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from, direction, new LogFilter(filter.categories(), filter.types(), ""), limit),
                    "G6.10"),
            ofReadLog(
                    "a category has those that its name begins with",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(from, direction, withoutCategories(filter), limit),
                            event -> beginsWithCategoryOf(event, filter.categories())),
                    "C1.3"),
            ofReadLog(
                    "what is hidden vanishes from the log",
                    (backend, from, direction, filter, limit) ->
                            only(backend.readLog(from, direction, filter, limit), event -> isReadable(backend, event)),
                    "D4.1",
                    "D4.2",
                    "D4.3"),
            ofReadLog(
                    "the first event of the log is not read backwards",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(from, direction, filter, limit),
                            event -> direction == Direction.FORWARDS || !isFirst(backend, event)),
                    "G6.19"),
            ofReadLog(
                    "reading from beyond the head goes back to it",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        return from.isAfter(backend.head()) ? new LogPage(page.events(), backend.head(), false) : page;
                    },
                    "G6.16"),
            Mutant.ofFacet(
                    "what stays is counted as scavenged",
                    Scavenger.class,
                    scavenger -> () -> scavenger.scavenge() + 10,
                    "D4.11"),
            Mutant.of("every time begins with the log", new String[] {"G10.6"}, LogMutants::timeless));

    private LogMutants() {}

    private static Mutant ofHead(String name, LongUnaryOperator change, String... killers) {
        return Mutant.of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public Position head() {
                return Positions.of(change.applyAsLong(Positions.number(backend.head())));
            }
        });
    }

    private static LongUnaryOperator goingBack() {
        AtomicInteger calls = new AtomicInteger();
        return head -> calls.incrementAndGet() % 4 == 0 ? Math.max(0, head - 2) : head;
    }

    private static Mutant.ReadLog lackingNowAndThen() {
        AtomicInteger reads = new AtomicInteger();
        return (backend, from, direction, filter, limit) -> {
            int skipped = reads.incrementAndGet() % 2;
            return changed(
                    backend.readLog(from, direction, filter, limit),
                    events -> events.stream().skip(skipped).toList());
        };
    }

    private static List<RecordedEvent> reversed(List<RecordedEvent> events) {
        List<RecordedEvent> copy = new ArrayList<>(events);
        Collections.reverse(copy);
        return copy;
    }

    private static boolean isFirst(Backend backend, RecordedEvent event) {
        return backend.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), 1)
                .events()
                .contains(event);
    }

    private static Backend timeless(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position positionAt(Instant time) {
                return Position.START;
            }
        };
    }

    private static Backend headless(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public Position head() {
                return backend
                        .readLog(Positions.of(Long.MAX_VALUE), Direction.BACKWARDS, LogFilter.all(), 1)
                        .events()
                        .stream()
                        .map(RecordedEvent::position)
                        .findFirst()
                        .orElse(Position.START);
            }
        };
    }

    private static Backend reusing(Backend backend) {
        AtomicLong removed = new AtomicLong();
        UnaryOperator<AppendResult> lower = result -> new AppendResult(
                result.stream(),
                result.version(),
                Positions.of(Positions.number(result.position()) - removed.get()),
                result.replayed());
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return AppendMutants.answered(backend.append(request), lower);
            }

            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == Scavenger.class
                        ? sound.map(scavenger -> altered(
                                type,
                                scavenger,
                                "scavenge",
                                none -> removed.addAndGet(((Scavenger) scavenger).scavenge())))
                        : sound;
            }
        };
    }

    private static boolean beginsWithCategoryOf(RecordedEvent event, Set<String> categories) {
        return categories.isEmpty()
                || event.stream().category().stream()
                        .anyMatch(own -> categories.stream().anyMatch(category -> category.startsWith(own)));
    }

    private static boolean isReadable(Backend backend, RecordedEvent event) {
        try {
            return !backend.readStream(event.stream(), Direction.FORWARDS, event.version(), 1)
                            .events()
                            .isEmpty()
                    && backend.readStream(event.stream(), Direction.FORWARDS, 1, 1)
                                    .first()
                            <= event.version();
        } catch (StreamDeleted tombstoned) {
            return false;
        }
    }
}
