package io.headwater;

/**
 * The result of an append for one stream (A1).
 *
 * @param stream the stream that the events were appended to
 * @param version the version of the stream after the last of the events
 * @param position the position of the last of the events
 * @param replayed whether the append is a repeat, so that an earlier call stored the events (I1)
 */
public record AppendResult(StreamId stream, long version, Position position, boolean replayed) {}
