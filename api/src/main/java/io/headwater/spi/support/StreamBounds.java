package io.headwater.spi.support;

import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;

/**
 * The events of a stream that can be read, and the effect of deletes and truncations on them (D1–D3).
 *
 * @param version the version of the last event ever appended; 0 if there was none
 * @param first the lowest version that can be read; {@code version + 1} if there is none
 * @param tombstoned whether the stream is tombstoned, in which case no event can be read
 */
public record StreamBounds(long version, long first, boolean tombstoned) {
    /** The bounds of a stream that was never written. */
    public static final StreamBounds NONE = new StreamBounds(0, 1, false);

    /** Returns whether any event can be read. */
    public boolean live() {
        return first <= version;
    }

    /** Returns the number of events that can be read. */
    public long events() {
        return version - first + 1;
    }

    /** Returns the bounds after an append of this number of events. */
    public StreamBounds grown(int count) {
        return new StreamBounds(version + count, first, tombstoned);
    }

    /**
     * Returns the bounds after the events before a version are hidden; equal to these if there are none. If the result
     * is no longer {@link #live}, the stream was emptied at {@link #version}: see {@link StreamState#emptied}.
     */
    public StreamBounds truncatedBefore(long newFirst) {
        return new StreamBounds(version, Math.max(first, Math.min(newFirst, version + 1)), tombstoned);
    }

    /** Returns the bounds after a delete. */
    public StreamBounds deleted() {
        return truncatedBefore(version + 1);
    }

    /** Returns the bounds after a tombstone. */
    public StreamBounds ended() {
        return new StreamBounds(version, version + 1, true);
    }

    /** Returns the state of the stream as the catalog shows it. */
    public State state() {
        if (tombstoned) {
            return State.TOMBSTONED;
        }
        return live() ? State.LIVE : State.DELETED;
    }

    /** Returns the stream as the catalog shows it. */
    public StreamInfo info(StreamId stream) {
        return new StreamInfo(stream, version, events(), state());
    }
}
