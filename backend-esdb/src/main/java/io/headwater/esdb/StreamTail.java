package io.headwater.esdb;

import io.headwater.StreamId;
import java.util.Optional;

/**
 * The end of a stream, as it was read from a leader.
 *
 * @param revision the revision of the last event ever appended; -1 if there was none
 * @param last the last event; empty if it cannot be read
 * @param metadata the stream's metadata; empty if it was not asked for and not needed
 */
record StreamTail(
        StreamId stream,
        long revision,
        Optional<EventMessage> last,
        Optional<StreamMetadata> metadata,
        boolean isTombstoned) {

    static StreamTail ofTombstoned(StreamId stream) {
        return new StreamTail(stream, NewRecords.NO_STREAM, Optional.empty(), Optional.empty(), true);
    }

    long version() {
        return revision + 1;
    }

    /** Returns whether another tool deleted the stream with the server's own delete, and nothing was written since. */
    boolean isDeletedNatively() {
        return last.isEmpty() && metadata.filter(StreamMetadata::isDeleted).isPresent();
    }

    StreamNote note() {
        return metadata.map(StreamMetadata::note).orElse(StreamNote.NONE);
    }

    /** Returns what the stream remembers of appends without an exact expectation, as {@link RecentRing} reads it. */
    String memory() {
        return last.map(event -> event.metadata().mark().memory()).orElseGet(() -> note().memory());
    }
}
