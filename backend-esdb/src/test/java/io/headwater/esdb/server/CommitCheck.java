package io.headwater.esdb.server;

import java.util.List;
import java.util.UUID;

/** Whether events may be written, are there already, or are refused. The caller holds the log's monitor. */
final class CommitCheck {
    /** What was decided: to write behind {@code current}, undeleting the stream or not, or a result without a write. */
    record Decision(long current, boolean undeletes, WriteResult refused) {
        boolean accepted() {
            return refused == null;
        }
    }

    private final WrittenStreams written;
    private final StreamIndex index;
    private final CommittedIds ids;

    CommitCheck(WrittenStreams written, StreamIndex index, CommittedIds ids) {
        this.written = written;
        this.index = index;
        this.ids = ids;
    }

    Decision decide(String stream, long expected, List<UUID> events) {
        long current = written.lastNumber(stream);
        if (current == Streams.DELETED) {
            return refuse(current, new WriteResult.Deleted());
        }
        if (expected == Expected.STREAM_EXISTS) {
            if (written.softDeleted(stream)) {
                return refuse(current, new WriteResult.Deleted());
            }
            if (current < 0 && written.lastNumber(Streams.metaOf(stream)) < 0) {
                return wrongVersion(current);
            }
        }
        if (expected == Expected.ANY || expected == Expected.STREAM_EXISTS) {
            return decideNonExact(stream, current, events);
        }
        if (expected < current) {
            return decideBehind(stream, expected, current, events);
        }
        return expected > current ? wrongVersion(current) : accept(stream, current);
    }

    private Decision decideNonExact(String stream, long current, List<UUID> events) {
        if (events.isEmpty()) {
            return accept(stream, current);
        }
        long last = Streams.NONE;
        for (int i = 0; i < events.size(); i++) {
            CommittedIds.Place place = ids.find(events.get(i));
            if (place == null || !place.stream().equals(stream)) {
                return i == 0 ? accept(stream, current) : wrongVersion(current);
            }
            last = place.number();
        }
        return repeated(stream, current, last);
    }

    private Decision decideBehind(String stream, long expected, long current, List<UUID> events) {
        long number = expected;
        for (UUID event : events) {
            number++;
            if (!liesAt(stream, number, event)) {
                boolean begins = number == expected + 1 && expected == Expected.NO_STREAM;
                return begins && written.softDeleted(stream) ? accept(stream, current) : wrongVersion(current);
            }
        }
        return events.isEmpty() ? wrongVersion(current) : repeated(stream, current, number);
    }

    private boolean liesAt(String stream, long number, UUID event) {
        CommittedIds.Place place = ids.find(event);
        if (place != null && place.stream().equals(stream) && place.number() == number) {
            return true;
        }
        StoredRecord record = index.record(stream, number);
        return record != null && record.id().equals(event);
    }

    private Decision repeated(String stream, long current, long last) {
        if (index.lastNumber(stream) < last) {
            return refuse(current, new WriteResult.Dropped());
        }
        StoredRecord record = index.readable(stream, last);
        return refuse(current, new WriteResult.Success(last, record == null ? -1 : record.position()));
    }

    private Decision accept(String stream, long current) {
        return new Decision(current, written.softDeleted(stream), null);
    }

    private static Decision wrongVersion(long current) {
        return refuse(current, new WriteResult.WrongVersion(current));
    }

    private static Decision refuse(long current, WriteResult result) {
        return new Decision(current, false, result);
    }
}
