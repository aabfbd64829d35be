package io.headwater.spi.support;

import io.headwater.Position;
import java.util.List;
import java.util.UUID;

/** A stream as {@link AppendDecision} must see it: unchanging until the append that is being decided is written. */
public interface StreamState {

    /** Which of its events can be read. */
    StreamBounds bounds();

    /** The version of the last event ever appended; 0 if there was none. */
    default long version() {
        return bounds().version();
    }

    /** Whether any of its events can be read. */
    default boolean live() {
        return bounds().live();
    }

    /** Whether it is gone for good. */
    default boolean tombstoned() {
        return bounds().tombstoned();
    }

    /**
     * The versions at which the stream was made empty by a delete or truncation: an append that expected no stream may
     * have begun after any of them, or after 0, which need not be listed.
     */
    List<Long> emptied();

    /**
     * The stored events that follow a version, in their order; also those that are hidden, as long as they were not removed.
     * {@link AppendDecision} compares them with a request.
     *
     * @param afterVersion 0 or more
     * @param count how many at most, at least 1; {@code afterVersion + count} is not above {@link #version()}
     */
    List<StoredEvent> events(long afterVersion, int count);

    /** The last appends of this stream that had no exact expectation, in any order (I3). */
    List<RecentAppend> recent();

    /**
     * An event as far as it takes to recognise a repeat.
     *
     * @param begins whether it is the first event of its append
     * @param ends whether it is the last event of its append
     */
    record StoredEvent(UUID id, Position position, boolean begins, boolean ends) {}

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
