package io.headwater;

import java.io.Serializable;

/**
 * An expectation that a stream did not meet.
 *
 * @param stream which
 * @param expected what was expected
 * @param actual the stream's version; 0 if it was never written
 * @param reason what was wrong
 */
public record Violation(StreamId stream, ExpectedVersion expected, long actual, Reason reason) implements Serializable {

    /** What was wrong. */
    public enum Reason {
        /** The stream is at another version, or exists, or does not. */
        VERSION,
        /** The append repeats some of the ids of an earlier one, but not all in the same order (I2). */
        PARTIAL_REPEAT,
        /** There is nothing to delete: the stream was never written (D1). */
        NEVER_WRITTEN
    }

    /** Words for a message: expected and actual. */
    public String describe() {
        return switch (reason) {
            case VERSION -> "expected " + expected + ", stream is at " + actual;
            case NEVER_WRITTEN -> "it was never written";
            case PARTIAL_REPEAT -> "its event ids repeat an earlier append only in part, stream is at " + actual;
        };
    }
}
