package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import java.util.UUID;

/** Checks the events of one append. The server counts only the bytes of the data against its limit. */
final class ProposedEvents {
    static final String TYPE = "type";
    static final String CONTENT_TYPE = "content-type";

    private final Profile profile;
    private long size;

    ProposedEvents(Profile profile) {
        this.profile = profile;
    }

    Proposed check(AppendReq.ProposedMessage message) {
        String type = property(message, TYPE);
        String contentType = property(message, CONTENT_TYPE);
        size += message.getData().size();
        if (size > profile.maxAppendSize()) {
            throw Refusals.appendTooBig(profile.maxAppendSize());
        }
        UUID id = Ids.parse(message.getId());
        if (id == null || type.isEmpty()) {
            throw Refusals.exceptionInHandler();
        }
        int eventSize = message.getData().size() + message.getCustomMetadata().size();
        if (profile.maxEventSize() > 0 && eventSize > profile.maxEventSize()) {
            throw Refusals.eventTooBig(id.toString(), eventSize, profile.maxEventSize());
        }
        return new Proposed(id, type, Messages.isJson(contentType), message.getData(), message.getCustomMetadata());
    }

    private static String property(AppendReq.ProposedMessage message, String name) {
        String value = message.getMetadataMap().get(name);
        if (value == null) {
            throw Refusals.propertyMissing(name);
        }
        return value;
    }
}
