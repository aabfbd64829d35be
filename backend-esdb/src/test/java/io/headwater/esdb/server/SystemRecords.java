package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;

/** What a new database holds before its first user writes. */
final class SystemRecords {
    private SystemRecords() {}

    static void write(LogWriter writer) {
        metadata(writer, "$$$scavenges", "{\"$maxAge\":2592000}");
        metadata(writer, "$$$settings", "{}");
        event(writer, "$user-admin", "$UserCreated", "{\"loginName\":\"admin\",\"groups\":[\"$admins\"]}");
        event(writer, "$user-ops", "$UserCreated", "{\"loginName\":\"ops\",\"groups\":[\"$ops\"]}");
    }

    private static void metadata(LogWriter writer, String stream, String text) {
        event(writer, stream, StoredRecord.METADATA_TYPE, text);
    }

    private static void event(LogWriter writer, String stream, String type, String text) {
        Proposed event = new Proposed(UUID.randomUUID(), type, true, ByteString.copyFromUtf8(text), ByteString.EMPTY);
        writer.append(stream, Expected.ANY, List.of(event));
    }
}
