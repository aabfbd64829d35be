package io.headwater.spi.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.spi.support.StreamState.RecentAppend;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Decides whether an append has to be written, is a repeat, or is in conflict (A3, A4, A7, I1–I4, D1, D2), for backends
 * that can lock the streams of a request while they read them.
 */
public final class AppendDecision {
    private final Function<StreamId, StreamState> states;
    private final List<AppendResult> replays = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private AppendDecision(Function<StreamId, StreamState> states) {
        this.states = states;
    }

    /**
     * Decides a request.
     *
     * @param states returns the state of a stream of the request; may be called more than once for a stream
     * @return empty if the events have to be written now, or else the outcome: a replay or a conflict
     * @throws StreamDeleted if one of the streams is tombstoned
     */
    public static Optional<AppendOutcome> decide(AppendRequest request, Function<StreamId, StreamState> states) {
        return new AppendDecision(states).decide(request);
    }

    private Optional<AppendOutcome> decide(AppendRequest request) {
        for (StreamWrite write : request.writes()) {
            decide(write, state(write.stream()));
        }
        if (replays.size() == request.writes().size()) {
            return Optional.of(new Appended(replays));
        }
        for (AppendResult replay : replays) {
            refusePartial(replay, request);
        }
        for (StreamCheck check : request.checks()) {
            StreamState state = state(check.stream());
            if (!accepts(check.expected(), state)) {
                violations.add(new Violation(check.stream(), check.expected(), state.version(), Reason.VERSION));
            }
        }
        return violations.isEmpty() ? Optional.empty() : Optional.of(new Conflict(violations));
    }

    private StreamState state(StreamId stream) {
        StreamState state = states.apply(stream);
        if (state.tombstoned()) {
            throw new StreamDeleted(stream);
        }
        return state;
    }

    private static boolean accepts(ExpectedVersion expected, StreamState state) {
        return expected.accepts(state.version(), state.live());
    }

    private void decide(StreamWrite write, StreamState state) {
        List<UUID> ids = write.events().stream().map(EventData::id).toList();
        if (isExact(write.expected())) {
            decideExact(write, ids, state);
        } else {
            decideNonExact(write, ids, state);
        }
    }

    /**
     * Returns whether a repeat of an append with this expectation is recognised by the expectation itself, without a
     * limit of time (I1), and not by the ids of recent appends (I3).
     */
    public static boolean isExact(ExpectedVersion expected) {
        return expected instanceof ExpectedVersion.Exactly || expected instanceof ExpectedVersion.NoStream;
    }

    private void decideExact(StreamWrite write, List<UUID> ids, StreamState state) {
        if (accepts(write.expected(), state)) {
            return;
        }
        Optional<AppendResult> replay = origins(write.expected(), state)
                .mapToObj(origin -> replay(write.stream(), origin, ids, state))
                .flatMap(Optional::stream)
                .findFirst();
        replay.ifPresentOrElse(replays::add, () -> violate(write, state, Reason.VERSION));
    }

    /** Returns the versions of the stream that an earlier append with this expectation can have been written after. */
    private static LongStream origins(ExpectedVersion expected, StreamState state) {
        return expected instanceof ExpectedVersion.Exactly exactly
                ? LongStream.of(exactly.version())
                : LongStream.concat(LongStream.of(0), state.emptied().stream().mapToLong(Long::longValue));
    }

    private void decideNonExact(StreamWrite write, List<UUID> ids, StreamState state) {
        Optional<RecentAppend> original = state.recent().stream()
                .filter(recent -> recent.firstId().equals(ids.get(0)))
                .findFirst();
        if (original.isPresent()) {
            original.filter(recent -> recent.count() == ids.size())
                    .flatMap(recent -> replay(write.stream(), recent.afterVersion(), ids, state))
                    .ifPresentOrElse(replays::add, () -> violate(write, state, Reason.PARTIAL_REPEAT));
        } else if (!accepts(write.expected(), state)) {
            violate(write, state, Reason.VERSION);
        }
    }

    /**
     * Reads only versions that the stream can have, so that no backend has to compute a version beyond the largest one.
     */
    private static Optional<AppendResult> replay(StreamId stream, long after, List<UUID> ids, StreamState state) {
        if (after > state.version() - ids.size()) {
            return Optional.empty();
        }
        List<StoredEvent> stored = state.events(after, ids.size());
        return isOneAppend(stored, ids)
                ? Optional.of(new AppendResult(
                        stream, after + ids.size(), stored.get(ids.size() - 1).position(), true))
                : Optional.empty();
    }

    /** Returns whether one append wrote exactly these events, in this order. */
    private static boolean isOneAppend(List<StoredEvent> stored, List<UUID> ids) {
        if (!stored.stream().map(StoredEvent::id).toList().equals(ids)) {
            return false;
        }
        int last = ids.size() - 1;
        return IntStream.rangeClosed(0, last)
                .allMatch(place -> stored.get(place).begins() == (place == 0)
                        && stored.get(place).ends() == (place == last));
    }

    private void violate(StreamWrite write, StreamState state, Reason reason) {
        violations.add(new Violation(write.stream(), write.expected(), state.version(), reason));
    }

    /** Refuses a request of which only some writes are stored: it is not a repeat of one append (I2). */
    private void refusePartial(AppendResult replay, AppendRequest request) {
        StreamWrite write = request.writes().stream()
                .filter(candidate -> candidate.stream().equals(replay.stream()))
                .findFirst()
                .orElseThrow();
        violate(write, states.apply(replay.stream()), Reason.PARTIAL_REPEAT);
    }
}
