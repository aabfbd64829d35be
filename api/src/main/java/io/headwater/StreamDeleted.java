package io.headwater;

/** The stream is tombstoned: it can never be read, appended to, deleted or truncated again (D2). */
public final class StreamDeleted extends EventStoreException {
    private static final long serialVersionUID = 1L;

    private final StreamId stream;

    /** For any use of this stream. */
    public StreamDeleted(StreamId stream) {
        super("stream '" + stream + "' was tombstoned and cannot be used again", Retry.NEVER, null);
        this.stream = stream;
    }

    public StreamId stream() {
        return stream;
    }
}
