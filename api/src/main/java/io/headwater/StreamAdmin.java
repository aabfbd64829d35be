package io.headwater;

/** Deletes, tombstones and truncates streams ({@link Capability#STREAM_ADMIN}). Blocks; thread-safe. */
public interface StreamAdmin {

    /**
     * Deletes a stream: it reads as empty, keeps its version, and later events continue from that (D1). The events stay in
     * the global log until a scavenge (D4). Deleting a deleted stream changes nothing.
     *
     * @throws WrongExpectedVersion if the expected version is not met, or the stream was never written
     * @throws StreamDeleted if the stream is tombstoned
     */
    void delete(StreamId stream, ExpectedVersion expected);

    /**
     * Ends a stream for good: every later append, read, deletion and truncation throws {@link StreamDeleted} (D2). A stream
     * that was never written can be tombstoned with {@code any()} or {@code noStream()}.
     *
     * @throws WrongExpectedVersion if the expected version is not met
     * @throws StreamDeleted if the stream is tombstoned
     */
    void tombstone(StreamId stream, ExpectedVersion expected);

    /**
     * Hides the events of a stream before this version (D3). Events that are appended later are not hidden, whatever the
     * version, and hidden events do not come back. A stream that is truncated to nothing counts as deleted.
     *
     * @param version the first version that stays
     * @throws StreamDeleted if the stream is tombstoned
     */
    void truncateBefore(StreamId stream, long version);
}
