package io.headwater.esdb.server;

import java.util.List;

/** Streams as they may be read. The caller holds the log's monitor. */
final class StreamIndex {
    private static final StreamMetadata OF_META_STREAMS = StreamMetadata.keepingLast(1);

    private final Log log;

    StreamIndex(Log log) {
        this.log = log;
    }

    /** {@link Streams#NONE} if there is no event, {@link Streams#DELETED} behind a tombstone, also of a metadata stream's stream. */
    long lastNumber(String stream) {
        if (Streams.isMeta(stream) && lastNumber(Streams.originalOf(stream)) == Streams.DELETED) {
            return Streams.DELETED;
        }
        List<StoredRecord> records = log.stream(stream);
        for (int i = records.size() - 1; i >= 0; i--) {
            if (indexed(records.get(i))) {
                return records.get(i).number();
            }
        }
        return Streams.NONE;
    }

    private boolean indexed(StoredRecord record) {
        return record.position() < log.indexedEnd();
    }

    /** The record, whatever the stream's metadata say of it. */
    StoredRecord record(String stream, long number) {
        List<StoredRecord> records = log.stream(stream);
        int at = firstFrom(records, number);
        if (at == records.size() || records.get(at).number() != number || !indexed(records.get(at))) {
            return null;
        }
        return records.get(at);
    }

    /** The records from one number to another, both included, without the tombstone. */
    List<StoredRecord> range(String stream, long first, long last) {
        List<StoredRecord> records = log.stream(stream);
        int from = firstFrom(records, first);
        int to = from;
        while (to < records.size()
                && records.get(to).number() <= last
                && indexed(records.get(to))
                && !records.get(to).tombstone()) {
            to++;
        }
        return List.copyOf(records.subList(from, to));
    }

    static int firstFrom(List<StoredRecord> records, long number) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).number() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    StreamMetadata metadata(String stream) {
        if (Streams.isMeta(stream)) {
            return OF_META_STREAMS;
        }
        String metaStream = Streams.metaOf(stream);
        long last = lastNumber(metaStream);
        StoredRecord record = last == Streams.NONE || last == Streams.DELETED ? null : record(metaStream, last);
        return record == null || !record.json() ? StreamMetadata.NONE : StreamMetadata.of(record.data());
    }

    /** An event as a link or a repeat finds it, which what is hidden is not. */
    StoredRecord readable(String stream, long number) {
        long last = lastNumber(stream);
        StreamMetadata metadata = metadata(stream);
        if (last == Streams.DELETED || last == Streams.NONE || metadata.deletes()) {
            return null;
        }
        if (number < metadata.first(last) || number > last) {
            return null;
        }
        StoredRecord record = record(stream, number);
        return record == null || metadata.expired(record) ? null : record;
    }
}
