package io.headwater.esdb;

import io.headwater.LimitExceeded;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.spi.support.StoredValues;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The latest snapshot of each stream and name: the last record of a stream, whose settings hide all records before it.
 * The record's metadata is the version, as text; that of a deleted snapshot is empty.
 */
final class EsdbSnapshots implements SnapshotStore {
    private static final String TYPE = "headwater-snapshot";
    private static final String STREAM = "snapshot:";

    private final OwnStreams streams;
    private final StreamSettings settings;
    private final Namespace namespace;
    private final long maxBytes;

    EsdbSnapshots(OwnStreams streams, Namespace namespace, long maxBytes) {
        this.streams = streams;
        this.settings = new StreamSettings(streams);
        this.namespace = namespace;
        this.maxBytes = maxBytes;
    }

    /** The length keeps the name and the stream apart, whatever characters they have. */
    private String stream(StreamId stream, String name) {
        return namespace.stream(STREAM + name.length() + ":" + name + ":" + stream.value());
    }

    @Override
    public boolean save(Snapshot snapshot) {
        if (snapshot.data().size() > maxBytes) {
            throw new LimitExceeded("snapshot '%s' of '%s' has %s bytes, over the limit of %s bytes"
                    .formatted(
                            snapshot.name(), snapshot.stream(), snapshot.data().size(), maxBytes));
        }
        byte[] version = Long.toString(snapshot.version()).getBytes(StandardCharsets.US_ASCII);
        ProposedMessage record = EventMessage.proposed(UUID.randomUUID(), TYPE, snapshot.data(), version);
        return streams.server().with(context -> {
            String stream = stream(snapshot.stream(), snapshot.name());
            while (true) {
                OwnStreams.Records last = streams.last(context, stream);
                if (version(snapshot.stream(), last)
                        .filter(stored -> stored >= snapshot.version())
                        .isPresent()) {
                    return false;
                }
                if (write(context, stream, last.last(), record)) {
                    return true;
                }
            }
        });
    }

    private boolean write(CallContext context, String stream, long last, ProposedMessage record) {
        if (last == NewRecords.NO_STREAM) {
            settings.write(context, stream, StreamMetadata.NONE.withMaxCount(1));
        }
        return streams.write(context, new NewRecords(stream, last, List.of(record)));
    }

    private static Optional<Long> version(StreamId stream, OwnStreams.Records last) {
        try {
            return last.all().stream()
                    .map(EventMessage::storedMetadata)
                    .filter(version -> version.length > 0)
                    .map(version -> Long.parseLong(new String(version, StandardCharsets.US_ASCII)))
                    .findFirst();
        } catch (NumberFormatException e) {
            throw StoredValues.damaged("a snapshot of stream '" + stream + "'", e);
        }
    }

    @Override
    public Optional<Snapshot> load(StreamId stream, String name) {
        OwnStreams.Records last = streams.server().with(context -> streams.last(context, stream(stream, name)));
        return version(stream, last)
                .map(version ->
                        new Snapshot(stream, name, version, last.all().get(0).data()));
    }

    @Override
    public void delete(StreamId stream, String name) {
        ProposedMessage nothing = EventMessage.proposed(UUID.randomUUID(), TYPE, Payload.binary(new byte[0]));
        streams.server().with(context -> {
            OwnStreams.Records last = streams.last(context, stream(stream, name));
            while (version(stream, last).isPresent()
                    && !streams.write(context, new NewRecords(stream(stream, name), last.last(), List.of(nothing)))) {
                last = streams.last(context, stream(stream, name));
            }
            return true;
        });
    }
}
