package io.headwater;

/**
 * The expected version of a stream that an {@link AppendRequest} does not write (A7).
 *
 * @param stream the stream to check
 * @param expected its expected version
 */
public record StreamCheck(StreamId stream, ExpectedVersion expected) {

    public StreamCheck {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(expected, "expected version");
    }
}
