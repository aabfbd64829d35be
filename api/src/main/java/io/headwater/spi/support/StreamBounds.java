package io.headwater.spi.support;

import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;

/**
 * Which events of a stream can be read, and what deletes and truncations make of them (D1 to D3).
 *
 * @param version of the last event ever appended; 0 if there was none
 * @param first the lowest version that can be read; {@code version + 1} if there is none
 * @param tombstoned whether the stream is gone for good; nothing of it can be read then
 */
public record StreamBounds(long version, long first, boolean tombstoned) {
    /** Of a stream that was never written. */
    public static final StreamBounds NONE = new StreamBounds(0, 1, false);

    /** Whether any event can be read. */
    public boolean live() {
        return first <= version;
    }

    /** How many events can be read. */
    public long events() {
        return version - first + 1;
    }

    /** The bounds after an append of this many events. */
    public StreamBounds grown(int count) {
        return new StreamBounds(version + count, first, tombstoned);
    }

    /**
     * The bounds without the events before a version, as far as there are any. Equal to these if nothing is hidden by that. If
     * the result is no longer {@link #live}, the stream was made empty at {@link #version}: see {@link StreamState#emptied}.
     */
    public StreamBounds truncatedBefore(long newFirst) {
        return new StreamBounds(version, Math.max(first, Math.min(newFirst, version + 1)), tombstoned);
    }

    /** The bounds after a delete. */
    public StreamBounds deleted() {
        return truncatedBefore(version + 1);
    }

    /** What can be done with the stream, as the catalog shows it. */
    public State state() {
        if (tombstoned) {
            return State.TOMBSTONED;
        }
        return live() ? State.LIVE : State.DELETED;
    }

    /** The stream as the catalog shows it. */
    public StreamInfo info(StreamId stream) {
        return new StreamInfo(stream, version, events(), state());
    }
}
