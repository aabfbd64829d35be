package io.headwater.dynamodb;

import io.headwater.StreamId;
import java.util.Optional;

/**
 * An append to a stream, as the log names it.
 *
 * @param position the number of the position of its first event
 * @param chunks how many items hold its events
 * @param inline its events, if the slot holds them too
 */
record SlotEntry(StreamId stream, Chunk.Append append, long position, int chunks, Optional<Chunk> inline) {}
