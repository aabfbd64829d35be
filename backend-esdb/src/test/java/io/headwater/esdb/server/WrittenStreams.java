package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Streams as the writer sees them, records that cannot be read yet among them. The caller holds the log's monitor.
 *
 * <p>The writer remembers what it wrote since the server's start. Of such a metadata stream it does not ask whether its stream was
 * tombstoned.
 */
final class WrittenStreams {
    private final Log log;
    private final Set<String> sinceStart = new HashSet<>();

    WrittenStreams(Log log) {
        this.log = log;
    }

    void wrote(String stream) {
        sinceStart.add(stream);
    }

    void forget() {
        sinceStart.clear();
    }

    long lastNumber(String stream) {
        if (Streams.isMeta(stream)
                && !sinceStart.contains(stream)
                && lastNumber(Streams.originalOf(stream)) == Streams.DELETED) {
            return Streams.DELETED;
        }
        List<StoredRecord> records = log.stream(stream);
        return records.isEmpty()
                ? Streams.NONE
                : records.get(records.size() - 1).number();
    }

    /** The text of a stream's last metadata record, or null. */
    ByteString rawMetadata(String stream) {
        StoredRecord record = lastMetadata(stream);
        return record == null ? null : record.data();
    }

    private StoredRecord lastMetadata(String stream) {
        List<StoredRecord> records = log.stream(Streams.metaOf(stream));
        return records.isEmpty() ? null : records.get(records.size() - 1);
    }

    boolean softDeleted(String stream) {
        StoredRecord metadata = Streams.isMeta(stream) ? null : lastMetadata(stream);
        return metadata != null
                && metadata.json()
                && StreamMetadata.of(metadata.data()).deletes();
    }
}
