package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads gone wrong (R, G, C, T). */
final class ReadMutants {
    static final List<Mutant> ALL = List.of(
            ofReadStream(
                    "backwards is forwards",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(
                                page.version(),
                                page.first(),
                                page.events().stream()
                                        .sorted(Comparator.comparing(RecordedEvent::version))
                                        .toList());
                    },
                    "R1.6",
                    "R1.7",
                    "R1.8"),
            ofReadStream(
                    "limit ignored",
                    (backend, stream, direction, from, limit) -> backend.readStream(stream, direction, from, 1000),
                    "R1.4",
                    "R1.8",
                    "R1.12"),
            ofReadStream(
                    "limit off by one",
                    (backend, stream, direction, from, limit) -> backend.readStream(stream, direction, from, limit + 1),
                    "R1.4",
                    "R1.8"),
            ofReadStream(
                    "from is exclusive",
                    (backend, stream, direction, from, limit) -> backend.readStream(
                            stream, direction, from > 1 && direction == Direction.FORWARDS ? from + 1 : from, limit),
                    "R1.5",
                    "R3.2",
                    "R1.2",
                    "R3.1",
                    "R3.3"),
            ofReadStream(
                    "backwards from past the end is empty",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return direction == Direction.BACKWARDS && from != Long.MAX_VALUE && from > page.version()
                                ? new StreamPage(page.version(), page.first(), List.of())
                                : page;
                    },
                    "R1.9"),
            ofReadStream(
                    "an empty slice has no version",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return page.events().isEmpty() ? new StreamPage(0, 1, List.of()) : page;
                    },
                    "R1.10",
                    "R1.11",
                    "R2.2",
                    "D1.2"),
            ofReadStream(
                    "tombstoned streams read as empty",
                    (backend, stream, direction, from, limit) -> {
                        try {
                            return backend.readStream(stream, direction, from, limit);
                        } catch (StreamDeleted e) {
                            return new StreamPage(0, 1, List.of());
                        }
                    },
                    "D2.2"),
            ofReadStream(
                    "truncation renumbers versions",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        long hidden = page.first() - 1;
                        return new StreamPage(
                                page.version() - hidden,
                                1,
                                page.events().stream()
                                        .map(event -> at(event, event.version() - hidden, event.position()))
                                        .toList());
                    },
                    "D3.4",
                    "D4.9",
                    "D1.2",
                    "D1.8",
                    "D3.1",
                    "D3.3"),
            ofReadStream(
                    "stream reads give other positions",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(
                                page.version(),
                                page.first(),
                                page.events().stream()
                                        .map(event -> at(
                                                event,
                                                event.version(),
                                                Positions.of(Positions.number(event.position()) + 1)))
                                        .toList());
                    },
                    "L2.5",
                    "A7.3",
                    "A1.2",
                    "G9.1"),
            ofReadStream(
                    "the time of an event is the time of the read",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(
                                page.version(),
                                page.first(),
                                page.events().stream().map(ReadMutants::now).toList());
                    },
                    "A8.2",
                    "A8.3"),
            ofReadLog(
                    "position is inclusive",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            direction == Direction.FORWARDS
                                    ? Positions.of(Math.max(0, Positions.number(from) - 1))
                                    : from,
                            direction,
                            filter,
                            limit),
                    "G6.1"),
            ofReadLog(
                    "backwards position is inclusive",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            direction == Direction.BACKWARDS && Positions.number(from) < Long.MAX_VALUE
                                    ? Positions.of(Positions.number(from) + 1)
                                    : from,
                            direction,
                            filter,
                            limit),
                    "G6.2"),
            ofReadLog(
                    "the end of a page loses an event",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        return page.more() && direction == Direction.FORWARDS
                                ? new LogPage(page.events(), Positions.of(Positions.number(page.scannedTo()) + 1), true)
                                : page;
                    },
                    "G6.5",
                    "G3.1"),
            ofReadLog(
                    "the log is ordered by stream",
                    (backend, from, direction, filter, limit) -> changed(
                            backend.readLog(from, direction, filter, limit),
                            events -> events.stream()
                                    .sorted(Comparator.comparing(RecordedEvent::stream))
                                    .toList()),
                    "G6.3",
                    "G2.2",
                    "C1.1",
                    "G2.1"),
            ofReadLog("late commits appear behind the reader", late(), "G3.1", "G3.2", "G3.3", "G3.4", "G3.5", "G3.6"),
            ofReadLog(
                    "a filtered read does not advance",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        return page.events().isEmpty() && !filter.isAll() ? new LogPage(List.of(), from, false) : page;
                    },
                    "G6.14"),
            ofReadLog(
                    "a category is a prefix",
                    (backend, from, direction, filter, limit) -> filter.categories()
                                            .size()
                                    == 1
                            ? backend.readLog(
                                    from,
                                    direction,
                                    new LogFilter(
                                            Set.of(),
                                            filter.types(),
                                            filter.categories().iterator().next()),
                                    limit)
                            : backend.readLog(from, direction, filter, limit),
                    "C1.2",
                    "C1.5",
                    "C1.6"),
            ofReadLog(
                    "a category is a wildcard pattern",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(from, direction, withoutCategories(filter), limit),
                            event -> filter.categories().isEmpty()
                                    || filter.categories().stream()
                                            .anyMatch(category -> like(category + "-%")
                                                    .matcher(event.stream().value())
                                                    .matches())),
                    "C1.9",
                    "C1.4"),
            ofReadLog(
                    "a prefix is a wildcard pattern",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(
                                    from, direction, new LogFilter(filter.categories(), filter.types(), ""), limit),
                            event -> like(filter.streamPrefix() + "%")
                                    .matcher(event.stream().value())
                                    .matches()),
                    "G6.11"),
            ofReadLog(
                    "a prefix folds case",
                    (backend, from, direction, filter, limit) -> only(
                            backend.readLog(
                                    from, direction, new LogFilter(filter.categories(), filter.types(), ""), limit),
                            event -> event.stream()
                                    .value()
                                    .regionMatches(
                                            true,
                                            0,
                                            filter.streamPrefix(),
                                            0,
                                            filter.streamPrefix().length())),
                    "G6.12"),
            ofReadLog(
                    "types are ignored",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            new LogFilter(filter.categories(), Set.of(), filter.streamPrefix()),
                            limit),
                    "G6.8",
                    "G6.9",
                    "G6.13"),
            Mutant.of("the head is ahead of the log", new String[] {"G7.3"}, backend -> new ForwardingBackend(backend) {
                @Override
                public Position head() {
                    return Positions.of(Positions.number(backend.head()) + 1000);
                }
            }),
            Mutant.of(
                    "the position of a time is too late",
                    new String[] {"G10.3", "G10.4", "G10.1", "G10.2"},
                    backend -> new ForwardingBackend(backend) {
                        @Override
                        public Position positionAt(Instant time) {
                            return Positions.of(Positions.number(backend.positionAt(time)) + 1);
                        }
                    }));

    private ReadMutants() {}

    static RecordedEvent at(RecordedEvent event, long version, Position position) {
        return new RecordedEvent(
                event.stream(),
                version,
                position,
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.recordedAt());
    }

    private static RecordedEvent now(RecordedEvent event) {
        return TimeMutants.at(event, Instant.now());
    }

    /** The first reader passes them. */
    private static Mutant.ReadLog late() {
        Set<Position> readBefore = ConcurrentHashMap.newKeySet();
        return (backend, from, direction, filter, limit) -> only(
                backend.readLog(from, direction, filter, limit),
                event -> Positions.number(event.position()) % 5 != 0 || !readBefore.add(event.position()));
    }

    static LogPage changed(LogPage page, UnaryOperator<List<RecordedEvent>> change) {
        return new LogPage(change.apply(page.events()), page.scannedTo(), page.more());
    }

    static LogPage only(LogPage page, Predicate<RecordedEvent> wanted) {
        return changed(page, events -> events.stream().filter(wanted).toList());
    }

    static LogFilter withoutCategories(LogFilter filter) {
        return new LogFilter(Set.of(), filter.types(), filter.streamPrefix());
    }

    /** The pattern of SQL's LIKE. */
    private static Pattern like(String pattern) {
        return Pattern.compile(
                "\\Q" + pattern.replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q") + "\\E", Pattern.DOTALL);
    }
}
