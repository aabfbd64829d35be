package io.headwater.esdb.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pages of a stream, as the server's index reads them. The caller holds the log's monitor. */
final class StreamPages {
    /** The number that means the end of a stream. */
    static final long END = -1;

    enum Outcome {
        SUCCESS,
        NO_STREAM,
        DELETED,
        ERROR
    }

    /** Of what was found: where to go on, the stream's last number, and whether nothing is left. */
    record Page(Outcome outcome, List<StoredRecord> records, long next, long last, boolean end) {
        private static Page without(Outcome outcome) {
            return new Page(outcome, List.of(), 0, 0, true);
        }
    }

    private final StreamIndex index;

    StreamPages(StreamIndex index) {
        this.index = index;
    }

    Page forwards(String stream, long from, int count) {
        if (from < 0 || count <= 0) {
            return Page.without(Outcome.ERROR);
        }
        long last = index.lastNumber(stream);
        StreamMetadata metadata = index.metadata(stream);
        Page none = without(last, metadata);
        return none != null ? none : forwards(stream, from, count, last, metadata);
    }

    private static Page without(long last, StreamMetadata metadata) {
        if (last == Streams.DELETED) {
            return Page.without(Outcome.DELETED);
        }
        return last == Streams.NONE || metadata.deletes() ? Page.without(Outcome.NO_STREAM) : null;
    }

    private Page forwards(String stream, long from, int count, long last, StreamMetadata metadata) {
        long end = from > Long.MAX_VALUE - count ? Long.MAX_VALUE : from + count - 1;
        long first = metadata.first(last);
        if (end < first) {
            return success(List.of(), first, last, false);
        }
        long start = Math.max(from, first);
        if (metadata.maxAge() != null) {
            return forwardsWithinAge(stream, start, end, last, metadata);
        }
        List<StoredRecord> records = index.range(stream, start, end);
        long next = records.isEmpty()
                ? Math.min(end == Long.MAX_VALUE ? end : end + 1, last + 1)
                : records.get(records.size() - 1).number() + 1;
        return success(records, next, last, end >= last);
    }

    /** The first events within the age are searched for, however many have expired before them. */
    private Page forwardsWithinAge(String stream, long start, long end, long last, StreamMetadata metadata) {
        if (start > last) {
            return success(List.of(), last + 1, last, true);
        }
        List<StoredRecord> young = young(index.range(stream, start, end), metadata);
        if (!young.isEmpty()) {
            return success(young, young.get(young.size() - 1).number() + 1, last, end >= last);
        }
        List<StoredRecord> rest = young(index.range(stream, start, last), metadata);
        return rest.isEmpty()
                ? success(List.of(), last + 1, last, true)
                : success(List.of(), rest.get(0).number(), last, false);
    }

    private static List<StoredRecord> young(List<StoredRecord> records, StreamMetadata metadata) {
        return records.stream().filter(record -> !metadata.expired(record)).toList();
    }

    Page backwards(String stream, long from, int count) {
        if (count <= 0) {
            return Page.without(Outcome.ERROR);
        }
        long last = index.lastNumber(stream);
        StreamMetadata metadata = index.metadata(stream);
        Page none = without(last, metadata);
        return none != null ? none : backwards(stream, from < 0 ? last : from, count, last, metadata);
    }

    private Page backwards(String stream, long end, int count, long last, StreamMetadata metadata) {
        long first = metadata.first(last);
        if (end < first) {
            return success(List.of(), END, last, true);
        }
        long start = Math.max(Math.max(0, end - count + 1), first);
        List<StoredRecord> records = new ArrayList<>(young(index.range(stream, start, end), metadata));
        boolean lacksFirst = records.isEmpty() || records.get(0).number() != start;
        boolean atEnd = start <= first || start <= last && lacksFirst;
        Collections.reverse(records);
        return success(records, atEnd ? END : Math.min(start - 1, last), last, atEnd);
    }

    private static Page success(List<StoredRecord> records, long next, long last, boolean end) {
        return new Page(Outcome.SUCCESS, records, next, last, end);
    }
}
