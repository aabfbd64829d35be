package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;

/** Checks the events of one unary append. */
final class ProposedEvents {
    private final AppendSize size;

    ProposedEvents(Profile profile) {
        size = new AppendSize(profile);
    }

    Proposed check(AppendReq.ProposedMessage message) {
        String type = property(message, Proposed.TYPE);
        String contentType = property(message, Proposed.CONTENT_TYPE);
        int eventSize = size.ofEvent(type, message.getData(), message.getCustomMetadata());
        if (size.eventExceeds(eventSize)) {
            throw Refusals.eventTooBig(
                    Ids.parse(message.hasId(), message.getId()).toString(), eventSize, size.maxEventSize());
        }
        if (size.exceedsWith(eventSize)) {
            throw Refusals.appendTooBig(size.max());
        }
        return Proposed.checked(
                Ids.parse(message.hasId(), message.getId()),
                type,
                contentType,
                message.getData(),
                message.getCustomMetadata());
    }

    private static String property(AppendReq.ProposedMessage message, String name) {
        String value = message.getMetadataMap().get(name);
        if (value == null) {
            throw Refusals.propertyMissing(name);
        }
        return value;
    }
}
