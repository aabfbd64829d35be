package io.headwater.tck.rule;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.tck.rule.Journal.Attempt;
import io.headwater.tck.rule.Journal.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whether a store holds what its answers said, after many appends at the same time: versions dense (A2), every append that
 * went through there once and where it was said to be (A1), every refused one absent (A4), also if an attempt before had no
 * answer (I1), every unknown one there once or not at all (I5), the log the same as the streams (G1, G9), and in the order of
 * real time (G5). For streams that only the journal's appends wrote.
 */
final class JournalCheck {
    private final List<Attempt> attempts;
    private final Map<StreamId, List<RecordedEvent>> logged;
    private final Map<StreamId, List<RecordedEvent>> stored = new HashMap<>();
    private final Map<StreamId, Set<UUID>> storedIds = new HashMap<>();
    private final Set<List<UUID>> perhapsWritten;

    /** With what the log held a moment ago; reads the streams now. */
    JournalCheck(List<Attempt> attempts, List<RecordedEvent> log, EventStore store) {
        this.attempts = attempts;
        attempts.stream()
                .map(Attempt::stream)
                .distinct()
                .forEach(stream -> stored.put(stream, store.readStream(stream).events()));
        this.logged = log.stream()
                .filter(event -> stored.containsKey(event.stream()))
                .collect(Collectors.groupingBy(RecordedEvent::stream));
        this.perhapsWritten = attempts.stream()
                .filter(attempt -> attempt.is(Ending.OK) || attempt.is(Ending.UNKNOWN))
                .map(Attempt::ids)
                .collect(Collectors.toSet());
    }

    /** Whether streams and log hold the same. */
    boolean isSettled() {
        return stored.entrySet().stream()
                .allMatch(stream -> places(stream.getValue()).equals(places(inLog(stream.getKey()))));
    }

    void run() {
        stored.forEach(this::dense);
        attempts.stream().filter(attempt -> attempt.is(Ending.OK)).forEach(this::present);
        attempts.stream().filter(attempt -> attempt.is(Ending.CONFLICT)).forEach(this::absent);
        attempts.stream().filter(attempt -> attempt.is(Ending.FAILED)).forEach(this::absentUnlessTriedAgain);
        attempts.stream().filter(attempt -> attempt.is(Ending.UNKNOWN)).forEach(this::atMostOnce);
        logEqualsStreams();
        realTime();
    }

    private void dense(StreamId stream, List<RecordedEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            Expect.equal(
                    "version of event " + (i + 1) + " of '" + stream + "'",
                    i + 1L,
                    events.get(i).version());
        }
        Set<UUID> ids = events.stream().map(RecordedEvent::id).collect(Collectors.toSet());
        Expect.equal("different event ids in '" + stream + "'", events.size(), ids.size());
        storedIds.put(stream, ids);
    }

    private List<RecordedEvent> events(Attempt attempt) {
        return stored.getOrDefault(attempt.stream(), List.of());
    }

    private void present(Attempt attempt) {
        long last = attempt.result().orElseThrow().version();
        int first = Math.toIntExact(last) - attempt.ids().size();
        List<RecordedEvent> events = events(attempt);
        Expect.that(
                last <= events.size(),
                "append to '%s' was said to reach version %s, the stream has %s events"
                        .formatted(attempt.stream(), last, events.size()));
        List<RecordedEvent> there = events.subList(first, Math.toIntExact(last));
        Expect.equal("events before version " + last + " of '" + attempt.stream() + "'", attempt.ids(), ids(there));
        Position position = attempt.result().orElseThrow().position();
        Expect.equal(
                "position of version " + last + " of '" + attempt.stream() + "'",
                events.get((int) last - 1).position(),
                position);
    }

    private void absentUnlessTriedAgain(Attempt failed) {
        if (!perhapsWritten.contains(failed.ids())) {
            absent(failed);
        }
    }

    private void absent(Attempt refused) {
        Expect.equal("events of a refused append in '" + refused.stream() + "'", 0L, found(refused));
    }

    private void atMostOnce(Attempt attempt) {
        long found = found(attempt);
        Expect.that(
                found == 0 || found == attempt.ids().size(),
                "of an append of %s events to '%s' with unknown outcome %s are there"
                        .formatted(attempt.ids().size(), attempt.stream(), found));
    }

    private long found(Attempt attempt) {
        Set<UUID> ids = storedIds.getOrDefault(attempt.stream(), Set.of());
        return attempt.ids().stream().filter(ids::contains).count();
    }

    private void logEqualsStreams() {
        stored.forEach((stream, events) ->
                Expect.equal("events of '" + stream + "' in the log", places(events), places(inLog(stream))));
    }

    private List<RecordedEvent> inLog(StreamId stream) {
        return logged.getOrDefault(stream, List.of());
    }

    private static List<UUID> ids(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::id).toList();
    }

    private static List<String> places(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.version() + " at " + event.position())
                .toList();
    }

    /** Goes through the appends by when they began, and knows the highest position of those that had ended by then. */
    private void realTime() {
        List<Attempt> written = new ArrayList<>(attempts.stream()
                .filter(attempt ->
                        attempt.is(Ending.OK) && !attempt.result().orElseThrow().replayed())
                .toList());
        List<Attempt> byEnd = written.stream()
                .sorted(Comparator.comparingLong(Attempt::ended))
                .toList();
        written.sort(Comparator.comparingLong(Attempt::begun));
        Position before = Position.START;
        int ended = 0;
        for (Attempt attempt : written) {
            while (byEnd.get(ended).ended() < attempt.begun()) {
                before = later(before, position(byEnd.get(ended)));
                ended++;
            }
            Expect.ascending("an append that began after another had returned", before, position(attempt));
        }
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    private static Position position(Attempt attempt) {
        return attempt.result().orElseThrow().position();
    }
}
