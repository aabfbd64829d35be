package io.headwater.spi;

import io.headwater.Position;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A stream as {@link AppendDecision} must see it: unchanging until the append that is being decided is written. */
public interface StreamState {

    /** The version of the last event ever appended; 0 if there was none. */
    long version();

    /** Whether any of its events can be read. */
    boolean live();

    boolean tombstoned();

    /**
     * The versions at which the stream was made empty by a delete or truncation: an append that expected no stream may
     * have begun after any of them, or after 0, which need not be listed.
     */
    List<Long> emptied();

    /** The place of the last of these events, if exactly they, in this order, are what one append wrote after the version. */
    Optional<Position> find(long afterVersion, List<UUID> ids);

    /** The last appends of this stream that had no exact expectation, in any order (I3). */
    List<RecentAppend> recent();

    /**
     * An append to remember.
     *
     * @param firstId the id of its first event
     * @param afterVersion the stream's version before it
     * @param count how many events it had
     */
    record RecentAppend(UUID firstId, long afterVersion, int count) {
        /** How many a stream must remember (I3). */
        public static final int REMEMBERED = 10;
    }
}
