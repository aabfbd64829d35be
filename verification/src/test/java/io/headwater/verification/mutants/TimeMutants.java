package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Times of events, and where they begin in the log, gone wrong (A8, G10). */
final class TimeMutants {
    /** When events were appended by the clock of the system; of those only that a mutant has noted. */
    private static final Map<UUID, Instant> NOTED = new ConcurrentHashMap<>();

    static final List<Mutant> ALL = List.of(
            ofTimes("times have milliseconds", time -> time.truncatedTo(ChronoUnit.MILLIS), "A8.6", "A8.12"),
            ofTimes(
                    "times turn over after 292 years",
                    time -> Instant.ofEpochSecond(0, time.getEpochSecond() * 1_000_000_000 + time.getNano()),
                    "A8.12"),
            ofTimes(
                    "times before 1970 are rounded up",
                    time -> time.getEpochSecond() < 0 ? time.plusNanos(1000) : time,
                    "A8.7",
                    "A8.12"),
            Mutant.of("times never go back", new String[] {"A8.5", "A8.10"}, TimeMutants::neverGoingBack),
            ofNoted("the clock is said to matter and does not", request -> true, "A8.5", "A8.11"),
            ofNoted("appends to several streams have another clock", AppendRequest::isMultiStream, "A8.9"),
            Mutant.of("imports have another clock", new String[] {"A8.8"}, TimeMutants::importing),
            ofPlaces("a time begins with the last of its events", TimeMutants::atLast, "G10.7"),
            ofPlaces("the place of a time is searched by halves", TimeMutants::byHalves, "G10.8", "G10.9"),
            ofPlaces("a time before the last event begins with the log", TimeMutants::allOrNothing, "G10.12"),
            ofPlaces(
                    "times are asked in milliseconds",
                    (backend, time) -> backend.positionAt(Instant.ofEpochMilli(time.toEpochMilli())),
                    "G10.10"),
            ofPlaces(
                    "times are asked in nanoseconds",
                    (backend, time) -> backend.positionAt(
                            Instant.ofEpochSecond(0, time.getEpochSecond() * 1_000_000_000 + time.getNano())),
                    "G10.11"));

    private TimeMutants() {}

    private static Position allOrNothing(Backend backend, Instant time) {
        Position sound = backend.positionAt(time);
        return sound.equals(backend.head()) ? sound : Position.START;
    }

    private interface Place {
        Position of(Backend backend, Instant time);
    }

    private static Mutant ofPlaces(String name, Place place, String... killers) {
        return Mutant.of(name, killers, backend -> new ForwardingBackend(backend) {
            @Override
            public Position positionAt(Instant time) {
                return place.of(backend, time);
            }
        });
    }

    private static Mutant ofTimes(String name, UnaryOperator<Instant> change, String... killers) {
        return Mutant.of(
                name,
                killers,
                backend -> reading(
                        backend,
                        events -> events.stream()
                                .map(event -> at(event, change.apply(event.recordedAt())))
                                .toList()));
    }

    /** The event, recorded at another time. */
    static RecordedEvent at(RecordedEvent event, Instant time) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                time);
    }

    private static Backend reading(Backend backend, UnaryOperator<List<RecordedEvent>> change) {
        return new ForwardingBackend(backend) {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = backend.readStream(stream, direction, from, limit);
                return new StreamPage(page.version(), page.first(), change.apply(page.events()));
            }

            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                LogPage page = backend.readLog(from, direction, filter, limit);
                return new LogPage(change.apply(page.events()), page.scannedTo(), page.more());
            }
        };
    }

    private static Backend neverGoingBack(Backend backend) {
        return reading(backend, events -> {
            List<RecordedEvent> changed = new ArrayList<>();
            Instant last = Instant.MIN;
            for (RecordedEvent event : events) {
                last = event.recordedAt().isAfter(last) ? event.recordedAt() : last;
                changed.add(at(event, last));
            }
            return changed;
        });
    }

    private static Backend readingNoted(Backend backend) {
        return reading(
                backend,
                events -> events.stream()
                        .map(event -> at(event, NOTED.getOrDefault(event.id(), event.recordedAt())))
                        .toList());
    }

    private static void note(AppendRequest request) {
        request.writes().stream()
                .flatMap(write -> write.events().stream())
                .forEach(event -> NOTED.put(event.id(), Instant.now()));
    }

    private static Mutant ofNoted(String name, Predicate<AppendRequest> noted, String... killers) {
        return Mutant.of(name, killers, backend -> new ForwardingBackend(readingNoted(backend)) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                if (noted.test(request)) {
                    note(request);
                }
                return backend.append(request);
            }
        });
    }

    private static Backend importing(Backend backend) {
        return new ForwardingBackend(readingNoted(backend)) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == BulkImport.class
                        ? sound.map(bulk -> altered(type, bulk, "appendAll", args -> {
                            ((Collection<?>) args[0]).forEach(request -> note((AppendRequest) request));
                            return ((BulkImport) bulk).appendAll(requests(args[0]));
                        }))
                        : sound;
            }
        };
    }

    private static List<AppendRequest> requests(Object given) {
        return ((Collection<?>) given).stream().map(AppendRequest.class::cast).toList();
    }

    private static List<RecordedEvent> log(Backend backend) {
        return backend.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events();
    }

    private static Position before(RecordedEvent event) {
        return Positions.of(Positions.number(event.position()) - 1);
    }

    private static Position atLast(Backend backend, Instant time) {
        return log(backend).stream()
                .filter(event -> event.recordedAt().equals(time))
                .reduce((one, later) -> later)
                .map(TimeMutants::before)
                .orElseGet(() -> backend.positionAt(time));
    }

    private static Position byHalves(Backend backend, Instant time) {
        List<RecordedEvent> log = log(backend);
        int low = 0;
        int high = log.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (log.get(middle).recordedAt().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == log.size() ? backend.head() : before(log.get(low));
    }
}
