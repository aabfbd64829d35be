package io.headwater.esdb;

import io.headwater.ContentType;
import io.headwater.Payload;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Reads and changes the metadata of streams. It is changed at the exact revision that was read. */
final class StreamSettings {
    private static final String TYPE = "$metadata";

    private final OwnStreams streams;

    StreamSettings(OwnStreams streams) {
        this.streams = streams;
    }

    /** The stream that holds the metadata of a stream. */
    static String streamOf(String stream) {
        return EventMessage.METADATA_STREAM + stream;
    }

    private StreamMetadata read(CallContext context, String stream) {
        return streams.last(context, streamOf(stream)).all().stream()
                .findFirst()
                .map(StreamMetadata::read)
                .orElse(StreamMetadata.NONE);
    }

    /** Writes metadata in place of that which it was made of; false if that is no longer current. */
    boolean write(CallContext context, String stream, StreamMetadata metadata) {
        Payload text = Payload.of(metadata.bytes(), ContentType.JSON);
        ProposedMessage message = EventMessage.proposed(UUID.randomUUID(), TYPE, text);
        return streams.write(context, new NewRecords(streamOf(stream), metadata.revision(), List.of(message)));
    }

    /** Changes the metadata of a stream, whatever others change in the meantime. */
    void change(CallContext context, String stream, UnaryOperator<StreamMetadata> change) {
        boolean written = false;
        while (!written) {
            written = write(context, stream, change.apply(read(context, stream)));
        }
    }
}
