package io.headwater;

/**
 * An expectation on a stream that an {@link AppendRequest} does not write to (A7).
 *
 * @param stream which
 * @param expected what it is expected to be
 */
public record StreamCheck(StreamId stream, ExpectedVersion expected) {

    public StreamCheck {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(expected, "expected version");
    }
}
