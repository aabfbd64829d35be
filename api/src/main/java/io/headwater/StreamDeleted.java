package io.headwater;

/** The stream was tombstoned: it can never be appended to, deleted or read again (D2). */
public final class StreamDeleted extends EventStoreException {
    private static final long serialVersionUID = 1L;

    private final StreamId stream;

    /** Any use of this tombstoned stream. */
    public StreamDeleted(StreamId stream) {
        super("stream '" + stream + "' was tombstoned and cannot be used again", Retry.NEVER, null);
        this.stream = stream;
    }

    public StreamId stream() {
        return stream;
    }
}
