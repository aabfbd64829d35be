package io.headwater.spi.support;

import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.WrongExpectedVersion;
import java.util.List;

/** Checks whether a stream may be deleted, tombstoned or truncated (D1–D3). */
public final class AdminDecision {
    private AdminDecision() {}

    /**
     * Throws {@link StreamDeleted} if the stream is tombstoned, and {@link WrongExpectedVersion} if the expectation is
     * not met or the stream was never written.
     */
    public static void checkDelete(StreamId stream, ExpectedVersion expected, StreamState state) {
        checkTruncate(stream, state);
        if (state.version() == 0) {
            throw violated(stream, expected, state, Reason.NEVER_WRITTEN);
        }
        checkTombstone(stream, expected, state);
    }

    /**
     * Throws {@link StreamDeleted} if the stream is tombstoned, and {@link WrongExpectedVersion} if the expectation is
     * not met.
     */
    public static void checkTombstone(StreamId stream, ExpectedVersion expected, StreamState state) {
        checkTruncate(stream, state);
        if (!expected.accepts(state.version(), state.live())) {
            throw violated(stream, expected, state, Reason.VERSION);
        }
    }

    /** Throws {@link StreamDeleted} if the stream is tombstoned. */
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
