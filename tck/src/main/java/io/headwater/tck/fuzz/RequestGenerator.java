package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Generates appends: new ones with expectations that are often met, repeats of earlier ones, and earlier ones with a
 * change.
 */
final class RequestGenerator {
    private final Chance chance;
    private final Model model;
    private final List<StreamId> streams;
    private final EventGenerator events;
    private final boolean nonExactRepeats;
    private final List<AppendRequest> made = new ArrayList<>();

    RequestGenerator(
            Chance chance, Model model, List<StreamId> streams, EventGenerator events, boolean nonExactRepeats) {
        this.chance = chance;
        this.model = model;
        this.streams = streams;
        this.events = events;
        this.nonExactRepeats = nonExactRepeats;
    }

    AppendRequest single() {
        return kept(new AppendRequest(List.of(write(chance.of(streams), count())), List.of()));
    }

    AppendRequest multi() {
        List<StreamId> shuffled = shuffled();
        int writes = 1 + chance.below(Math.min(3, shuffled.size()));
        int checks = chance.below(Math.min(2, shuffled.size() - writes) + 1);
        List<EventData> all = new ArrayList<>(events.events(writes + chance.below(3)));
        List<StreamWrite> written = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            List<EventData> own = i == writes - 1 ? all : all.subList(0, 1);
            written.add(new StreamWrite(shuffled.get(i), expected(shuffled.get(i)), List.copyOf(own)));
            own.clear();
        }
        List<StreamCheck> checked = shuffled.subList(writes, writes + checks).stream()
                .map(stream -> new StreamCheck(stream, expected(stream)))
                .toList();
        return kept(new AppendRequest(written, checked));
    }

    private List<StreamId> shuffled() {
        List<StreamId> left = new ArrayList<>(streams);
        List<StreamId> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(chance.below(left.size())));
        }
        return shuffled;
    }

    private int count() {
        return chance.in100(5) ? 12 : 1 + chance.below(3);
    }

    private StreamWrite write(StreamId stream, int count) {
        return new StreamWrite(stream, expected(stream), events.events(count));
    }

    /** Returns an expectation that the stream mostly meets, or one close to it. */
    ExpectedVersion expected(StreamId stream) {
        long version = model.stream(stream).version();
        return switch (chance.below(10)) {
            case 0, 1, 2 -> ExpectedVersion.any();
            case 3 -> ExpectedVersion.noStream();
            case 4 -> ExpectedVersion.streamExists();
            case 5 -> ExpectedVersion.exactly(Math.max(0, version + chance.below(3) - 1));
            case 6 -> ExpectedVersion.exactly(chance.below((int) version + 2));
            default -> ExpectedVersion.exactly(version);
        };
    }

    private AppendRequest kept(AppendRequest request) {
        AppendRequest possible = nonExactRepeats ? request : withoutNonExactRepeats(request);
        made.add(possible);
        return possible;
    }

    /** Avoids repeats that the store need not recognise, because there is no defined answer to compare with. */
    private AppendRequest withoutNonExactRepeats(AppendRequest request) {
        List<StreamWrite> writes = request.writes().stream()
                .map(write -> ModelAppends.isExact(write.expected())
                        ? write
                        : new StreamWrite(write.stream(), write.expected(), withNewIds(write.events())))
                .toList();
        return new AppendRequest(writes, request.checks());
    }

    private List<EventData> withNewIds(List<EventData> old) {
        return old.stream().map(event -> event.withId(events.newId())).toList();
    }

    /** Returns an earlier request. Recent ones are chosen more often, because stores remember them. */
    AppendRequest repeat() {
        return made.isEmpty() ? single() : kept(made.get(recent()));
    }

    private int recent() {
        int back = chance.in100(50) ? chance.below(Math.min(4, made.size())) : chance.below(made.size());
        return made.size() - 1 - back;
    }

    /** Returns an earlier request with a change. */
    AppendRequest altered() {
        if (made.isEmpty()) {
            return single();
        }
        AppendRequest earlier = made.get(recent());
        List<StreamWrite> writes = new ArrayList<>(earlier.writes());
        int index = chance.below(writes.size());
        StreamWrite write = writes.get(index);
        if (writes.size() > 1 && chance.in100(40)) {
            writes.remove(index);
        } else {
            writes.set(index, altered(write));
        }
        return kept(new AppendRequest(withDifferentIds(writes), earlier.checks()));
    }

    private StreamWrite altered(StreamWrite write) {
        List<EventData> changed = new ArrayList<>(write.events());
        ExpectedVersion expected = write.expected();
        switch (chance.below(6)) {
            case 0 -> changed.add(events.events(1).get(0));
            case 1 -> changed.set(chance.below(changed.size()), events.events(1).get(0));
            case 2 -> Collections.reverse(changed);
            case 3 -> changed.addAll(madeNext(write));
            case 4 -> expected = expected(write.stream());
            default -> changed.remove(chance.below(changed.size()));
        }
        return new StreamWrite(write.stream(), expected, changed.isEmpty() ? write.events() : changed);
    }

    /** Returns the events of an earlier append to the same stream. */
    private List<EventData> madeNext(StreamWrite write) {
        return made.stream()
                .flatMap(request -> request.writes().stream())
                .filter(other -> other.stream().equals(write.stream()) && !other.equals(write))
                .reduce((earlier, later) -> later)
                .map(StreamWrite::events)
                .orElseGet(() -> events.events(1));
    }

    /** Replaces ids that occur twice in a request, which is not allowed. The first use stays. */
    private List<StreamWrite> withDifferentIds(List<StreamWrite> writes) {
        Map<UUID, EventData> used = new LinkedHashMap<>();
        return writes.stream()
                .map(write -> new StreamWrite(
                        write.stream(),
                        write.expected(),
                        write.events().stream()
                                .map(event -> used.putIfAbsent(event.id(), event) == null
                                        ? event
                                        : event.withId(events.newId()))
                                .toList()))
                .toList();
    }
}
