package io.headwater.dynamodb;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.support.StreamBounds;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What streams were like when they were last seen. An append that expects a lower version is most likely a conflict, so that its
 * stream is read before a ticket is taken; events before the first one that can be read may still be stored, so that a read does not
 * begin with them. Only hints: they are wrong for storage that was restored to an earlier state. Thread-safe.
 */
final class KnownVersions {
    private static final int MAX_STREAMS = 10_000;
    private static final float LOAD = 0.75f;

    /** The highest version, and the first one that can be read. */
    private record Known(long version, long first) {
        private Known and(Known other) {
            return new Known(Math.max(version, other.version), Math.max(first, other.first));
        }
    }

    private static final Known NOTHING = new Known(0, 0);

    private final Map<StreamId, Known> streams = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Known> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    synchronized void seen(StreamId stream, long version) {
        streams.merge(stream, new Known(version, 0), Known::and);
    }

    synchronized void seen(StreamHead head) {
        StreamBounds bounds = head.bounds();
        streams.merge(head.stream(), new Known(bounds.version(), bounds.first()), Known::and);
    }

    /** Whether the stream was seen to begin behind its first event. */
    synchronized boolean isTruncated(StreamId stream) {
        return known(stream).first > StreamBounds.NONE.first();
    }

    private Known known(StreamId stream) {
        return streams.getOrDefault(stream, NOTHING);
    }

    /** Whether the append's stream was seen at a higher version than it expects. */
    synchronized boolean isBehind(PendingAppend append) {
        AppendRequest request = append.request();
        if (request.isMultiStream()) {
            return false;
        }
        StreamWrite write = request.writes().get(0);
        long seen = known(write.stream()).version;
        return write.expected() instanceof ExpectedVersion.Exactly exactly
                ? seen > exactly.version()
                : write.expected() instanceof ExpectedVersion.NoStream && seen > 0;
    }
}
