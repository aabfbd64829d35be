package io.headwater.spi.support;

import io.headwater.Position;
import java.util.List;
import java.util.UUID;

/**
 * The state of a stream, for {@link AppendDecision}. It must not change until the append that is being decided is
 * written.
 */
public interface StreamState {

    /** Returns which events of the stream can be read. */
    StreamBounds bounds();

    /** Returns the version of the last event ever appended; 0 if there was none. */
    default long version() {
        return bounds().version();
    }

    /** Returns whether any event of the stream can be read. */
    default boolean live() {
        return bounds().live();
    }

    /** Returns whether the stream is tombstoned. */
    default boolean tombstoned() {
        return bounds().tombstoned();
    }

    /**
     * Returns the versions at which a delete or truncation emptied the stream: an append with {@code noStream} may have
     * been written after any of them, or after 0, which need not be listed.
     */
    List<Long> emptied();

    /**
     * Returns the stored events after a version, in order, including hidden events that were not removed.
     * {@link AppendDecision} compares them with a request.
     *
     * @param afterVersion the version to start after, 0 or greater
     * @param count the maximum number of events, at least 1; {@code afterVersion + count} is at most {@link #version()}
     */
    List<StoredEvent> events(long afterVersion, int count);

    /** Returns the last appends to this stream without an exact expectation, in any order (I3). */
    List<RecentAppend> recent();

    /**
     * The part of an event that is needed to recognise a repeat.
     *
     * @param begins whether it is the first event of its append
     * @param ends whether it is the last event of its append
     */
    record StoredEvent(UUID id, Position position, boolean begins, boolean ends) {}

    /**
     * An append whose repeat can be recognised (I3).
     *
     * @param firstId the id of its first event
     * @param afterVersion the version of the stream before the append
     * @param count the number of its events
     */
    record RecentAppend(UUID firstId, long afterVersion, int count) {
        /** The number of appends that must be remembered for a stream (I3). */
        public static final int REMEMBERED = 10;
    }
}
