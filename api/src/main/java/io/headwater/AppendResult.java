package io.headwater;

/**
 * What an append did to one stream (A1).
 *
 * @param stream where the events went
 * @param version the stream's version after the last of them
 * @param position the place of the last of them in the global log
 * @param replayed whether the events were there already, from an earlier call of the same append (I1)
 */
public record AppendResult(StreamId stream, long version, Position position, boolean replayed) {}
