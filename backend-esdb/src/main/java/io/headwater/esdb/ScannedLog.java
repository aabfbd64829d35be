package io.headwater.esdb;

import io.headwater.Capability;
import io.headwater.CodePoints;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import java.time.Instant;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the records of the log say about its streams and times, from the first record to some place. Not thread-safe. */
final class ScannedLog {
    private static final int MAX_STREAMS = 2_000_000;

    private final Namespace namespace;
    private final NavigableMap<String, ScannedStream> streams = new TreeMap<>(CodePoints::compare);
    private final Set<String> unreadable = new HashSet<>();
    private final ScannedTimes times = new ScannedTimes();
    private long events;
    private long end;
    private @Nullable UUID lastId;

    ScannedLog(Namespace namespace) {
        this.namespace = namespace;
    }

    /** The place of the last record; 0 if there is none. */
    long end() {
        return end;
    }

    /** Whether this is the last record that was taken. */
    boolean endsWith(EventMessage record) {
        return record.place() == end && record.id().equals(lastId);
    }

    /** Takes the next record of the log. */
    void take(EventMessage record) {
        end = record.place();
        lastId = record.id();
        String name = record.stream();
        boolean metadata = name.startsWith(EventMessage.METADATA_STREAM);
        String stream = metadata ? name.substring(EventMessage.METADATA_STREAM.length()) : name;
        if (namespace.hides(stream)) {
            return;
        }
        if (StreamNames.id(stream).isEmpty()) {
            unreadable.add(stream);
        } else if (metadata) {
            stream(stream).takeMetadata(StreamMetadata.read(record));
        } else {
            takeRecord(stream(stream), record);
        }
    }

    private ScannedStream stream(String name) {
        ScannedStream stream = streams.computeIfAbsent(name, absent -> new ScannedStream());
        if (streams.size() > MAX_STREAMS) {
            throw UnsupportedCapability.outgrown(
                    Capability.STREAM_CATALOG,
                    "the catalog of this server is too large to be kept in memory (%s streams)".formatted(MAX_STREAMS));
        }
        return stream;
    }

    private void takeRecord(ScannedStream stream, EventMessage record) {
        if (record.isTombstone()) {
            stream.takeTombstone();
            return;
        }
        stream.takeEvent(record);
        if (!record.isFiller()) {
            times.take(record);
            events++;
        }
    }

    /** The streams behind a name, in the order of code points. */
    Stream<StreamInfo> streams(String from, boolean inclusive) {
        return streams.tailMap(from, inclusive).entrySet().stream()
                .filter(stream -> stream.getValue().isListed())
                .map(stream -> stream.getValue().info(StreamId.of(stream.getKey())));
    }

    /** The number of events that can be read from the log. */
    long events() {
        return events;
    }

    /** The number of streams that no id can name. */
    long unreadable() {
        return unreadable.size();
    }

    /** See {@link ScannedTimes#before}. */
    long before(Instant time) {
        return times.before(time);
    }
}
