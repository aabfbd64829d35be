package io.headwater.esdb.server;

import java.util.HashMap;
import java.util.Map;

/**
 * Which records a scavenge removes: those that the metadata of their stream hide, of a stream with a tombstone all but that. The last
 * event of a stream stays. The caller holds the log's monitor.
 */
final class Scavenge {
    private record Kept(long last, StreamMetadata metadata) {}

    private final StreamIndex index;
    private final Map<String, Kept> streams = new HashMap<>();

    Scavenge(StreamIndex index) {
        this.index = index;
    }

    boolean removes(StoredRecord record) {
        if (!record.shown() || record.tombstone()) {
            return false;
        }
        Kept kept = streams.computeIfAbsent(record.stream(), this::kept);
        return record.number() != kept.last()
                && (record.number() < kept.metadata().first(kept.last())
                        || kept.metadata().expired(record));
    }

    private Kept kept(String stream) {
        long last = index.lastNumber(stream);
        return new Kept(last, last == Streams.DELETED ? StreamMetadata.before(last) : index.metadata(stream));
    }
}
