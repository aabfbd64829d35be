package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.AppendOutcome.Conflict;
import io.headwater.Capability;
import io.headwater.ExpectedVersion;
import io.headwater.ReadOptions;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Streams in every state, each of which is asked with every expectation (A3). */
public final class StreamStates {
    /** The state of a stream. */
    private enum State {
        NEVER_WRITTEN("a stream that was never written"),
        WRITTEN("a stream that was written"),
        TRUNCATED("a stream that was truncated"),
        DELETED("a stream that was deleted"),
        TRUNCATED_TO_NOTHING("a stream that was truncated to nothing"),
        WRITTEN_AGAIN("a stream that was deleted and written again"),
        TOMBSTONED("a stream that was tombstoned");

        private final String title;

        State(String title) {
            this.title = title;
        }
    }

    /** A stream of which the state is known. */
    private record Known(StreamId stream, StreamBounds bounds) {}

    /** A call that has an expectation of a stream. */
    @FunctionalInterface
    public interface Expecting {
        /**
         * Makes the call.
         *
         * @return the violations; empty if the expectation was met
         */
        List<Violation> call(StreamId stream, ExpectedVersion expected);
    }

    private final RuleContext rule;
    private final boolean hides;
    private final Map<State, Known> known = new EnumMap<>(State.class);

    public StreamStates(RuleContext rule) {
        this.rule = rule;
        this.hides = rule.store().capabilities().supports(Capability.STREAM_ADMIN);
    }

    /** Fails unless the expectations of this call are met by the right states, whatever the call changes. */
    public void areExpected(Expecting call) {
        areExpected(call, Reason.VERSION);
    }

    /**
     * Fails unless the expectations of this call are met by the right states.
     *
     * @param neverWritten why the call is a conflict with a stream that was never written, whatever it expects
     */
    public void areExpected(Expecting call, Reason neverWritten) {
        for (State state : states()) {
            for (ExpectedVersion expected : expectations(known(state).bounds())) {
                isExpected(state, known(state), expected, call, neverWritten);
            }
        }
    }

    private List<State> states() {
        return hides ? Arrays.asList(State.values()) : List.of(State.NEVER_WRITTEN, State.WRITTEN);
    }

    private Known known(State state) {
        return known.computeIfAbsent(state, this::made);
    }

    private Known made(State state) {
        StreamId stream = rule.stream();
        return new Known(
                stream,
                switch (state) {
                    case NEVER_WRITTEN -> StreamBounds.NONE;
                    case WRITTEN -> written(stream, 4);
                    case TRUNCATED -> truncated(stream, 6, 4);
                    case DELETED -> deleted(stream, 3);
                    case TRUNCATED_TO_NOTHING -> truncated(stream, 3, 4);
                    case WRITTEN_AGAIN -> writtenAgain(stream, 3, 2);
                    case TOMBSTONED -> tombstoned(stream, 3);
                });
    }

    private StreamBounds written(StreamId stream, int count) {
        rule.write(stream, count);
        return StreamBounds.NONE.grown(count);
    }

    private StreamBounds truncated(StreamId stream, int count, long before) {
        StreamBounds bounds = written(stream, count);
        rule.admin().truncateBefore(stream, before);
        return bounds.truncatedBefore(before);
    }

    private StreamBounds deleted(StreamId stream, int count) {
        StreamBounds bounds = written(stream, count);
        rule.admin().delete(stream, any());
        return bounds.deleted();
    }

    private StreamBounds writtenAgain(StreamId stream, int before, int after) {
        StreamBounds bounds = deleted(stream, before);
        rule.write(stream, after);
        return bounds.grown(after);
    }

    private StreamBounds tombstoned(StreamId stream, int count) {
        StreamBounds bounds = written(stream, count);
        rule.admin().tombstone(stream, any());
        return new StreamBounds(bounds.version(), bounds.version() + 1, true);
    }

    /** All that a writer can expect, with the versions around that of the stream, and the number of its events. */
    private static Set<ExpectedVersion> expectations(StreamBounds bounds) {
        Set<ExpectedVersion> all = new LinkedHashSet<>(List.of(any(), noStream(), streamExists()));
        long version = bounds.version();
        long count = version - bounds.first() + 1;
        for (long exact : new long[] {version - 1, version, version + 1, count, bounds.first()}) {
            if (exact > 0) {
                all.add(exactly(exact));
            }
        }
        return all;
    }

    /**
     * Fails unless a truncation before any version of a stream in any state hides exactly the events before it.
     * Tombstoned streams take none.
     */
    public void areTruncated() {
        for (State state : states()) {
            if (state != State.TOMBSTONED) {
                long last = known(state).bounds().version() + 3;
                for (long before = 1; before <= last; before++) {
                    isTruncated(state.title, made(state), before);
                }
            }
        }
    }

    private void isTruncated(String title, Known asked, long before) {
        StreamId stream = asked.stream();
        rule.admin().truncateBefore(stream, before);
        StreamBounds bounds = asked.bounds().truncatedBefore(before);
        String what = "%s, at %s, truncated before %s".formatted(title, asked.bounds(), before);
        isRead(what, stream, bounds);
        rule.write(stream, 2);
        isRead(what + " and written", stream, bounds.grown(2));
    }

    private void isRead(String what, StreamId stream, StreamBounds bounds) {
        StreamSlice slice = rule.store().readStream(stream, ReadOptions.forwards());
        Expect.equal(what + ": version", bounds.version(), slice.version());
        if (bounds.live()) {
            Expect.versions(what, bounds.first(), bounds.version(), slice.events());
        } else {
            Expect.none(what, slice.events());
        }
    }

    /** Returns a stream in each state. */
    public List<StreamId> streams() {
        return states().stream().map(state -> made(state).stream()).toList();
    }

    private void isExpected(State state, Known asked, ExpectedVersion expected, Expecting call, Reason neverWritten) {
        String what = "%s, at %s, expecting %s".formatted(state.title, asked.bounds(), expected);
        StreamId stream = asked.stream();
        StreamBounds bounds = asked.bounds();
        if (bounds.tombstoned()) {
            StreamDeleted thrown = Expect.thrown(StreamDeleted.class, what, () -> call.call(stream, expected));
            Expect.equal(what + ": stream", stream, thrown.stream());
            return;
        }
        boolean refused = bounds.version() == 0 && neverWritten == Reason.NEVER_WRITTEN;
        boolean met = !refused && expected.accepts(bounds.version(), bounds.live());
        Reason reason = refused ? neverWritten : Reason.VERSION;
        List<Violation> violations =
                met ? List.of() : List.of(new Violation(stream, expected, bounds.version(), reason));
        Expect.equal(what + ": violations", violations, violations(call, stream, expected));
        if (!met) {
            Expect.equal(
                    what + ": version after the conflict",
                    bounds.version(),
                    rule.store().version(stream));
        } else {
            known.remove(state);
        }
    }

    private static List<Violation> violations(Expecting call, StreamId stream, ExpectedVersion expected) {
        try {
            return call.call(stream, expected);
        } catch (WrongExpectedVersion conflict) {
            return conflict.violations();
        }
    }

    /** Returns the violations of an outcome; empty if it is no conflict. */
    public static List<Violation> violations(Object outcome) {
        return outcome instanceof Conflict conflict ? conflict.violations() : List.of();
    }
}
