package io.headwater;

import java.io.Serializable;

/**
 * An expected version that was not met.
 *
 * @param stream the stream
 * @param expected the version that was expected
 * @param actual the version of the stream; 0 if it was never written
 * @param reason why the expectation was not met
 */
public record Violation(StreamId stream, ExpectedVersion expected, long actual, Reason reason) implements Serializable {

    /** Why an expectation was not met. */
    public enum Reason {
        /** The stream is at another version, or exists, or does not exist. */
        VERSION,
        /** The append repeats ids of an earlier one, but not all of them in the same order (I2). */
        PARTIAL_REPEAT,
        /** The stream to delete was never written (D1). */
        NEVER_WRITTEN
    }

    /** The expected and the actual version as text for a message. */
    public String describe() {
        return switch (reason) {
            case VERSION -> "expected " + expected + ", stream is at " + actual;
            case NEVER_WRITTEN -> "it was never written";
            case PARTIAL_REPEAT -> "its event ids repeat an earlier append only in part, stream is at " + actual;
        };
    }
}
