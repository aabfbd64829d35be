package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What goes wrong in much data only: beyond a page, a batch or a number of bits. */
final class SizeMutants {
    private static final int MANY = 100;
    private static final int BATCH = 1000;
    private static final int FAR = 5000;
    private static final int SIXTEEN_BITS = 1 << 16;

    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "checks after the hundredth are not made",
                    (backend, request) -> backend.append(new AppendRequest(
                            request.writes(),
                            request.checks()
                                    .subList(0, Math.min(MANY, request.checks().size())))),
                    "P4.15"),
            Mutant.of("long repeats are compared at their ends", new String[] {"P4.16"}, ComparingEnds::new),
            ofReadLog(
                    "names after the hundredth of a filter do not count",
                    (backend, from, direction, filter, limit) -> backend.readLog(
                            from,
                            direction,
                            new LogFilter(first(filter.categories()), first(filter.types()), filter.streamPrefix()),
                            limit),
                    "G6.21"),
            ofReadLog("a filter gives up after five thousand events", SizeMutants::givingUp, "G6.22"),
            ofReadStream(
                    "a stream ends at 65,536 events",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return new StreamPage(
                                page.version(),
                                page.first(),
                                page.events().stream()
                                        .filter(event -> event.version() <= SIXTEEN_BITS)
                                        .toList());
                    },
                    "R3.8"),
            ofFacet(
                    "each batch of an import ends at its own conflict",
                    BulkImport.class,
                    SizeMutants::batched,
                    "F2.13"),
            ofAppend(
                    "metadata keeps 64 entries",
                    (backend, request) -> backend.append(AppendMutants.changed(
                            request,
                            events -> events.stream()
                                    .map(event -> event.withMetadata(shortened(event.metadata())))
                                    .toList())),
                    "P1.14"));

    private SizeMutants() {}

    private static Set<String> first(Set<String> names) {
        return names.stream().sorted().limit(MANY).collect(Collectors.toSet());
    }

    /** Says that it has reached the head, and has not. */
    private static LogPage givingUp(Backend backend, Position from, Direction direction, LogFilter filter, int limit) {
        LogPage page = backend.readLog(from, direction, filter, limit);
        if (direction == Direction.BACKWARDS || filter.isAll() || page.events().isEmpty()) {
            return page;
        }
        long last = Positions.number(from);
        List<RecordedEvent> seen = new ArrayList<>();
        for (RecordedEvent event : page.events()) {
            if (Positions.number(event.position()) - last > FAR) {
                return new LogPage(seen, backend.head(), false);
            }
            last = Positions.number(event.position());
            seen.add(event);
        }
        return page;
    }

    private static BulkImport batched(BulkImport bulk) {
        return requests -> {
            List<AppendOutcome> outcomes = new ArrayList<>();
            for (int from = 0; from < requests.size(); from += BATCH) {
                outcomes.addAll(bulk.appendAll(requests.subList(from, Math.min(requests.size(), from + BATCH))));
            }
            return outcomes;
        };
    }

    private static Metadata shortened(Metadata metadata) {
        if (metadata.raw().isPresent() || metadata.entries().size() <= 64) {
            return metadata;
        }
        Map<String, String> entries = metadata.entries().entrySet().stream()
                .limit(64)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return Metadata.of(entries);
    }

    /** Answers what begins and ends as an earlier append as a repeat of it. */
    private static final class ComparingEnds extends ForwardingBackend {
        private final Map<List<Object>, AppendResult> known = new ConcurrentHashMap<>();

        ComparingEnds(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            AppendOutcome outcome = sound.append(request);
            StreamWrite write = request.writes().get(0);
            List<EventData> events = write.events();
            if (events.size() < MANY) {
                return outcome;
            }
            UUID first = events.get(0).id();
            List<Object> ends =
                    List.of(write.stream(), first, events.get(events.size() - 1).id(), events.size());
            if (outcome instanceof Appended appended) {
                known.put(ends, appended.first());
            }
            return outcome instanceof Conflict ? replayed(ends).orElse(outcome) : outcome;
        }

        private Optional<AppendOutcome> replayed(List<Object> ends) {
            return Optional.ofNullable(known.get(ends))
                    .map(before -> new Appended(
                            List.of(new AppendResult(before.stream(), before.version(), before.position(), true))));
        }
    }
}
