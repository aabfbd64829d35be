package io.headwater.spi;

import io.headwater.Position;
import io.headwater.StreamId;

/** The result of {@link Replication#apply}. */
public sealed interface Applied {

    /**
     * All changes of the batch are there, and its progress is recorded.
     *
     * @param last a position of this store at or behind the last of them
     */
    record Done(Position last) implements Applied {}

    /** The lease was lost. Nothing was written. */
    record Fenced() implements Applied {}

    /**
     * A change does not fit this store. Nothing was written: neither the changes before it nor the progress.
     *
     * @param version the version that does not fit
     * @param why what this store has instead, as one line for people
     */
    record Diverged(StreamId stream, long version, String why) implements Applied {}
}
