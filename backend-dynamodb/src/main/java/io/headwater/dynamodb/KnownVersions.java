package io.headwater.dynamodb;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Versions that streams had when they were last seen. An append that expects a lower one is most likely a conflict, so
 * that its stream is read before a ticket is taken. Only a hint: it is wrong for storage that was restored to an
 * earlier state. Thread-safe.
 */
final class KnownVersions {
    private static final int MAX_STREAMS = 10_000;
    private static final float LOAD = 0.75f;

    private final Map<StreamId, Long> versions = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Long> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    synchronized void seen(StreamId stream, long version) {
        versions.merge(stream, version, Math::max);
    }

    /** Whether the append's stream was seen at a higher version than it expects. */
    synchronized boolean isBehind(PendingAppend append) {
        AppendRequest request = append.request();
        if (request.isMultiStream()) {
            return false;
        }
        StreamWrite write = request.writes().get(0);
        long seen = versions.getOrDefault(write.stream(), 0L);
        return write.expected() instanceof ExpectedVersion.Exactly exactly
                ? seen > exactly.version()
                : write.expected() instanceof ExpectedVersion.NoStream && seen > 0;
    }
}
