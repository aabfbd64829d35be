package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** An event that is to be written. */
record Proposed(UUID id, String type, boolean json, ByteString data, ByteString metadata) {
    static final String TYPE = "type";
    static final String CONTENT_TYPE = "content-type";

    static Proposed checked(UUID id, String type, String contentType, ByteString data, ByteString metadata) {
        if (id.equals(Ids.NIL)) {
            throw new BadArgument("Empty eventId provided. (Parameter 'eventId')");
        }
        if (type.isEmpty()) {
            throw new BadArgument("Empty eventType provided. (Parameter 'eventType')");
        }
        return new Proposed(id, type, Messages.isJson(contentType), data, metadata);
    }
}
