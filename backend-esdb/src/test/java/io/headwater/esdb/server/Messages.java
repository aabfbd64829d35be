package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.UUID;

/** The messages of reads and subscriptions. */
final class Messages {
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";

    private final boolean idsAsText;

    Messages(boolean idsAsText) {
        this.idsAsText = idsAsText;
    }

    static Shared.StreamIdentifier stream(String name) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(name))
                .build();
    }

    ReadResp event(ResolvedRecord resolved) {
        ReadResp.ReadEvent.Builder event = ReadResp.ReadEvent.newBuilder()
                .setCommitPosition(resolved.place().position());
        if (resolved.event() != null) {
            event.setEvent(recorded(resolved.event()));
        }
        if (resolved.link() != null) {
            event.setLink(recorded(resolved.link()));
        }
        return ReadResp.newBuilder().setEvent(event).build();
    }

    private ReadResp.ReadEvent.RecordedEvent recorded(StoredRecord record) {
        return ReadResp.ReadEvent.RecordedEvent.newBuilder()
                .setId(idsAsText ? Ids.text(record.id()) : Ids.structured(record.id()))
                .setStreamIdentifier(stream(record.stream()))
                .setStreamRevision(record.number())
                .setCommitPosition(record.position())
                .setPreparePosition(record.position())
                .putMetadata("type", record.type())
                .putMetadata("created", Long.toString(record.created()))
                .putMetadata("content-type", record.json() ? JSON : BINARY)
                .setCustomMetadata(record.metadata())
                .setData(record.data())
                .build();
    }

    static boolean isJson(String contentType) {
        return contentType.equals(JSON);
    }

    static ReadResp streamNotFound(String stream) {
        ReadResp.StreamNotFound notFound = ReadResp.StreamNotFound.newBuilder()
                .setStreamIdentifier(stream(stream))
                .build();
        return ReadResp.newBuilder().setStreamNotFound(notFound).build();
    }

    static ReadResp firstPosition(long number) {
        return ReadResp.newBuilder().setFirstStreamPosition(number).build();
    }

    static ReadResp lastPosition(long number) {
        return ReadResp.newBuilder().setLastStreamPosition(number).build();
    }

    static ReadResp confirmation() {
        ReadResp.SubscriptionConfirmation confirmation = ReadResp.SubscriptionConfirmation.newBuilder()
                .setSubscriptionId(UUID.randomUUID().toString())
                .build();
        return ReadResp.newBuilder().setConfirmation(confirmation).build();
    }

    static ReadResp caughtUp() {
        return ReadResp.newBuilder()
                .setCaughtUp(ReadResp.CaughtUp.getDefaultInstance())
                .build();
    }

    static ReadResp checkpoint(long position) {
        ReadResp.Checkpoint checkpoint = ReadResp.Checkpoint.newBuilder()
                .setCommitPosition(position)
                .setPreparePosition(position)
                .build();
        return ReadResp.newBuilder().setCheckpoint(checkpoint).build();
    }
}
