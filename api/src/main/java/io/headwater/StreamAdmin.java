package io.headwater;

/** Removing streams, or their beginnings ({@link Capability#STREAM_ADMIN}). All calls block; thread-safe. */
public interface StreamAdmin {

    /**
     * Makes the stream read as empty; its version stays, and later events continue from it (D1). The events stay in the
     * global log until a scavenge (D4). Deleting what is deleted already changes nothing.
     *
     * @throws WrongExpectedVersion if the stream is not as expected, or was never written
     * @throws StreamDeleted if it is tombstoned
     */
    void delete(StreamId stream, ExpectedVersion expected);

    /**
     * Ends the stream for good: every later append, delete and read of it throws {@link StreamDeleted} (D2). A stream that
     * was never written can be tombstoned with {@code any()} or {@code noStream()}.
     *
     * @throws WrongExpectedVersion if the stream is not as expected
     * @throws StreamDeleted if it is tombstoned already
     */
    void tombstone(StreamId stream, ExpectedVersion expected);

    /**
     * Makes the events before this version vanish from reads of the stream (D3), as far as they are there now: no event
     * that is appended later ever vanishes, and none comes back. A stream truncated to nothing counts as deleted.
     *
     * @throws StreamDeleted if it is tombstoned
     */
    void truncateBefore(StreamId stream, long version);
}
