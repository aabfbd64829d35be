package io.headwater.esdb;

import com.google.protobuf.ByteString;
import io.headwater.BackendFailure;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A record of the log, as the server sends it. */
final class EventMessage {
    /** The type of events that migration writes where versions have to go on. They are shown nowhere. */
    static final String FILLER = "$headwater-filler";

    /** The type of the record that ends a stream. It lies in the stream. */
    private static final String TOMBSTONE = "$streamDeleted";

    /** The beginning of the names of the streams that hold the metadata of others. */
    static final String METADATA_STREAM = "$$";

    private static final String TYPE = "type";
    private static final String CREATED = "created";
    private static final String CONTENT_TYPE = "content-type";
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";
    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final long NANOS_PER_TICK = 100;

    private final ReadEvent.RecordedEvent event;

    EventMessage(ReadEvent.RecordedEvent event) {
        this.event = event;
    }

    /** The message to append an event, with the mark of its append. */
    static ProposedMessage proposed(EventData event, EventMetadata metadata) {
        return proposed(event.id(), event.type(), event.data(), ByteString.copyFrom(metadata.stored()));
    }

    /** The message to append to a stream of the store's own. */
    static ProposedMessage proposed(UUID id, String type, Payload data) {
        return proposed(id, type, data, ByteString.EMPTY);
    }

    /** The message to append to a stream of the store's own, with metadata. */
    static ProposedMessage proposed(UUID id, String type, Payload data, byte[] metadata) {
        return proposed(id, type, data, ByteString.copyFrom(metadata));
    }

    private static ProposedMessage proposed(UUID id, String type, Payload data, ByteString metadata) {
        return ProposedMessage.newBuilder()
                .setId(stored(id))
                .putMetadata(TYPE, type)
                .putMetadata(CONTENT_TYPE, data.contentType() == ContentType.JSON ? JSON : BINARY)
                .setData(ByteString.copyFrom(data.buffer()))
                .setCustomMetadata(metadata)
                .build();
    }

    private static Shared.UUID stored(UUID id) {
        return Shared.UUID
                .newBuilder()
                .setStructured(Shared.UUID
                        .Structured
                        .newBuilder()
                        .setMostSignificantBits(id.getMostSignificantBits())
                        .setLeastSignificantBits(id.getLeastSignificantBits()))
                .build();
    }

    /** The name of a stream in a request. */
    static Shared.StreamIdentifier stream(String name) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(name))
                .build();
    }

    String stream() {
        return event.getStreamIdentifier().getStreamName().toStringUtf8();
    }

    /** The name of the stream as an id; empty if no id can have it. */
    Optional<StreamId> streamId() {
        return StreamNames.id(stream());
    }

    /** The place of the record in its stream, from 0. */
    long revision() {
        return event.getStreamRevision();
    }

    String type() {
        return event.getMetadataOrDefault(TYPE, "");
    }

    UUID id() {
        return id(event.getId());
    }

    /** The id of a message. */
    static UUID id(Shared.UUID id) {
        return id.hasString()
                ? UUID.fromString(id.getString())
                : new UUID(
                        id.getStructured().getMostSignificantBits(),
                        id.getStructured().getLeastSignificantBits());
    }

    Payload data() {
        boolean json = JSON.equals(event.getMetadataOrDefault(CONTENT_TYPE, ""));
        return Payload.of(event.getData().toByteArray(), json ? ContentType.JSON : ContentType.BINARY);
    }

    EventMetadata metadata() {
        return EventMetadata.read(event.getCustomMetadata().toByteArray());
    }

    /** The bytes of the metadata, with the reserved members. */
    byte[] storedMetadata() {
        return event.getCustomMetadata().toByteArray();
    }

    /** The number of bytes of its contents. */
    long size() {
        return (long) event.getData().size() + event.getCustomMetadata().size();
    }

    /** When the event was recorded: the time that migration wrote, or else that of the server. */
    Instant recordedAt() {
        return metadata().recordedAt().orElseGet(this::created);
    }

    private Instant created() {
        long ticks = Long.parseLong(event.getMetadataOrDefault(CREATED, "0"));
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS_PER_SECOND), Math.floorMod(ticks, TICKS_PER_SECOND) * NANOS_PER_TICK);
    }

    /** The place of the record in the log, as the server says it. */
    long place() {
        return event.getCommitPosition();
    }

    /** The place of the record in the log. */
    Position position() {
        long place = place();
        if (place <= 0 || place == Long.MAX_VALUE || place != event.getPreparePosition()) {
            throw new BackendFailure(
                    "event %s of stream '%s' has no position of its own, as a transaction of an old client wrote it; copy the database with a newer server first"
                            .formatted(revision(), stream()),
                    null);
        }
        return Positions.of(place);
    }

    /** Whether the record ended its stream for good. */
    boolean isTombstone() {
        return type().equals(TOMBSTONE);
    }

    boolean isFiller() {
        return type().equals(FILLER);
    }

    /** Whether the record is an event for applications: not the server's or the store's own, and no filler. */
    boolean isVisible(Namespace namespace) {
        return !isTombstone() && !isFiller() && !namespace.hides(stream());
    }

    /** The event of a stream whose name is an id. */
    RecordedEvent recorded(StreamId stream) {
        EventMetadata metadata = metadata();
        return new RecordedEvent(
                stream,
                revision() + 1,
                position(),
                id(),
                type(),
                data(),
                metadata.metadata(),
                metadata.recordedAt().orElseGet(this::created));
    }
}
