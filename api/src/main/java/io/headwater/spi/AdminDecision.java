package io.headwater.spi;

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
        check(stream, expected, state, state.version() > 0);
    }

    /** Throws unless the stream is as expected. */
    public static void checkTombstone(StreamId stream, ExpectedVersion expected, StreamState state) {
        check(stream, expected, state, true);
    }

    /** Throws if the stream is tombstoned. */
    public static void checkTruncate(StreamId stream, StreamState state) {
        if (state.tombstoned()) {
            throw new StreamDeleted(stream);
        }
    }

    private static void check(StreamId stream, ExpectedVersion expected, StreamState state, boolean possible) {
        checkTruncate(stream, state);
        if (!possible || !expected.accepts(state.version(), state.live())) {
            throw new WrongExpectedVersion(List.of(new Violation(stream, expected, state.version(), Reason.VERSION)));
        }
    }
}
