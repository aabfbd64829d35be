package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes to the log, one request at a time. What it writes is not readable before it is indexed. */
final class LogWriter {
    private static final ByteString DELETING = ByteString.copyFromUtf8("{\"$tb\":" + Streams.DELETED + "}");
    private static final String TOMBSTONE_TYPE = "$streamDeleted";

    private final Log log;
    private final WrittenStreams written;
    private final CommittedIds ids = new CommittedIds();
    private final CommitCheck check;

    LogWriter(Log log, StreamIndex index) {
        this.log = log;
        written = new WrittenStreams(log);
        check = new CommitCheck(written, index, ids);
    }

    WriteResult append(String stream, long expected, List<Proposed> events) {
        synchronized (log) {
            List<UUID> eventIds = events.stream().map(Proposed::id).toList();
            CommitCheck.Decision decision = check.decide(stream, expected, eventIds);
            if (!decision.accepted()) {
                return decision.refused();
            }
            boolean metadataOfDeleted = Streams.isMeta(stream) && written.softDeleted(Streams.originalOf(stream));
            WriteResult.Success result = write(stream, decision.current(), events);
            if (decision.undeletes()) {
                undelete(stream, decision.current() + 1);
            }
            if (metadataOfDeleted) {
                String original = Streams.originalOf(stream);
                undelete(original, written.lastNumber(original) + 1);
            }
            return result;
        }
    }

    private WriteResult.Success write(String stream, long current, List<Proposed> events) {
        if (events.isEmpty()) {
            Proposed nothing = new Proposed(UUID.randomUUID(), "", false, ByteString.EMPTY, ByteString.EMPTY);
            return new WriteResult.Success(current, put(stream, current, nothing, StoredRecord.Kind.EMPTY));
        }
        long number = current;
        long position = -1;
        for (Proposed event : events) {
            number++;
            position = put(stream, number, event, StoredRecord.Kind.EVENT);
            ids.put(event.id(), stream, number);
        }
        written.wrote(stream);
        return new WriteResult.Success(number, position);
    }

    private long put(String stream, long number, Proposed event, StoredRecord.Kind kind) {
        long position = log.end();
        log.append(new StoredRecord(
                position,
                stream,
                number,
                event.id(),
                event.type(),
                event.json(),
                event.data(),
                event.metadata(),
                log.nextTicks(),
                kind));
        return position;
    }

    /** The server's own record: the stream's metadata once more, with another truncation. */
    private void undelete(String stream, long firstNumber) {
        ByteString metadata = written.rawMetadata(stream);
        if (metadata == null) {
            return;
        }
        try {
            Map<String, Object> members = Json.parseObject(metadata.toStringUtf8());
            members.put(StreamMetadata.TRUNCATE_BEFORE, firstNumber);
            putMetadata(stream, ByteString.copyFromUtf8(Json.write(members)));
        } catch (Json.NotJson e) {
            // The server leaves such metadata alone, too.
            return;
        }
    }

    private long putMetadata(String stream, ByteString text) {
        String metaStream = Streams.metaOf(stream);
        Proposed record = new Proposed(UUID.randomUUID(), StoredRecord.METADATA_TYPE, true, text, ByteString.EMPTY);
        long position = put(metaStream, written.lastNumber(metaStream) + 1, record, StoredRecord.Kind.EVENT);
        written.wrote(metaStream);
        return position;
    }

    WriteResult delete(String stream, long expected) {
        synchronized (log) {
            CommitCheck.Decision decision = check.decide(stream, expected, List.of(UUID.randomUUID()));
            if (!decision.accepted()) {
                return decision.refused();
            }
            if (decision.current() < 0 && written.lastNumber(Streams.metaOf(stream)) < 0) {
                return new WriteResult.WrongVersion(Streams.NONE);
            }
            return new WriteResult.Success(decision.current(), putMetadata(stream, DELETING));
        }
    }

    WriteResult tombstone(String stream, long expected) {
        synchronized (log) {
            CommitCheck.Decision decision = check.decide(stream, expected, List.of(UUID.randomUUID()));
            if (!decision.accepted()) {
                return decision.refused();
            }
            Proposed record =
                    new Proposed(UUID.randomUUID(), TOMBSTONE_TYPE, false, ByteString.EMPTY, ByteString.EMPTY);
            long position = put(stream, Streams.DELETED, record, StoredRecord.Kind.TOMBSTONE);
            written.wrote(stream);
            return new WriteResult.Success(Streams.DELETED, position);
        }
    }

    /** Forgets what only lives in the server's memory. */
    void restart(boolean keepIds) {
        synchronized (log) {
            written.forget();
            if (!keepIds) {
                ids.clear();
            }
        }
    }
}
