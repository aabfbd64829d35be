package io.headwater.esdb;

import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.spi.support.StreamBounds;

/** What the log says about a stream, as far as it was scanned. Not thread-safe. */
final class ScannedStream {
    private long version;
    private long truncateBefore;
    private long maxCount = Long.MAX_VALUE;
    private long firstFiller = Long.MAX_VALUE;
    private long fillers;
    private boolean tombstoned;

    void takeEvent(EventMessage event) {
        version = event.revision() + 1;
        if (event.isFiller()) {
            firstFiller = Math.min(firstFiller, version);
            fillers++;
        }
    }

    void takeMetadata(StreamMetadata metadata) {
        truncateBefore = metadata.truncateBefore().orElse(0);
        maxCount = metadata.maxCount().orElse(Long.MAX_VALUE);
    }

    void takeTombstone() {
        tombstoned = true;
    }

    /** Whether the stream was ever written or tombstoned; a stream may have metadata alone. */
    boolean isListed() {
        return version > 0 || tombstoned;
    }

    StreamInfo info(StreamId stream) {
        return new StreamInfo(stream, version, events(), state());
    }

    private State state() {
        if (tombstoned) {
            return State.TOMBSTONED;
        }
        return events() == 0 ? State.DELETED : State.LIVE;
    }

    /** The number of its events that can be read. Fillers lie one behind the other. */
    private long events() {
        StreamBounds bounds = bounds();
        long readable = firstFiller + fillers - Math.max(firstFiller, bounds.first());
        return bounds.events() - (fillers == 0 ? 0 : Math.max(0, readable));
    }

    private StreamBounds bounds() {
        StreamBounds all = new StreamBounds(version, 1, tombstoned);
        if (tombstoned || truncateBefore >= version) {
            return all.deleted();
        }
        return all.truncatedBefore(truncateBefore + 1).truncatedBefore(version - Math.min(maxCount, version) + 1);
    }
}
