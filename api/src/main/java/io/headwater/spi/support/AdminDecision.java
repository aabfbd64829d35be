package io.headwater.spi.support;

import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.WrongExpectedVersion;
import java.util.List;

/** Whether a stream may be deleted, tombstoned or truncated: D1 to D3 in one place, as {@link AppendDecision} is for appends. */
public final class AdminDecision {
    private AdminDecision() {}

    /** Throws unless the stream was ever written and is as expected. */
    public static void checkDelete(StreamId stream, ExpectedVersion expected, StreamState state) {
        checkTruncate(stream, state);
        if (state.version() == 0) {
            throw violated(stream, expected, state, Reason.NEVER_WRITTEN);
        }
        checkTombstone(stream, expected, state);
    }

    /** Throws unless the stream is as expected. */
    public static void checkTombstone(StreamId stream, ExpectedVersion expected, StreamState state) {
        checkTruncate(stream, state);
        if (!expected.accepts(state.version(), state.live())) {
            throw violated(stream, expected, state, Reason.VERSION);
        }
    }

    /** Throws if the stream is tombstoned. */
    public static void checkTruncate(StreamId stream, StreamState state) {
        if (state.tombstoned()) {
            throw new StreamDeleted(stream);
        }
    }

    private static WrongExpectedVersion violated(
            StreamId stream, ExpectedVersion expected, StreamState state, Reason reason) {
        return new WrongExpectedVersion(List.of(new Violation(stream, expected, state.version(), reason)));
    }
}
