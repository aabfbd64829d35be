package com.example.filestore;

import io.headwater.AppendRequest;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.support.AppendDecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/** Writes appends as bytes, and reads events back. {@link Index} reads the rest. */
final class EventFormat {
    private EventFormat() {}

    static void write(DataOutputStream out, AppendRequest request, Instant now) throws IOException {
        out.writeLong(now.getEpochSecond());
        out.writeInt(now.getNano());
        out.writeInt(request.writes().size());
        for (StreamWrite write : request.writes()) {
            out.writeUTF(write.stream().value());
            out.writeBoolean(AppendDecision.isExact(write.expected()));
            out.writeInt(write.events().size());
            for (EventData event : write.events()) {
                byte[] bytes = bytes(event);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    private static byte[] bytes(EventData event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(event.id().getMostSignificantBits());
        out.writeLong(event.id().getLeastSignificantBits());
        out.writeUTF(event.type());
        out.writeUTF(event.data().contentType().name());
        out.writeInt(event.data().size());
        out.write(event.data().bytes());
        out.write(event.metadata().encoded());
        return bytes.toByteArray();
    }

    static RecordedEvent read(IndexedEvent event, byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipNBytes(2 * Long.BYTES);
        in.readUTF();
        ContentType contentType = ContentType.valueOf(in.readUTF());
        Payload data = Payload.of(in.readNBytes(in.readInt()), contentType);
        Metadata metadata = Metadata.decoded(in.readAllBytes());
        return new RecordedEvent(
                event.stream(),
                event.version(),
                event.position(),
                event.id(),
                event.type(),
                data,
                metadata,
                event.recordedAt());
    }
}
