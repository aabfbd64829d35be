package io.headwater.esdb;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.util.Optional;

/**
 * A link in the stream of a category. The projection says in its metadata where the record lies that it stands for; what
 * the server resolves it to may be hidden, or may be the target of a link that lies there.
 *
 * @param revision the place of the link among those of its category
 * @param place the place of the record in the log
 * @param origin the stream of the record
 * @param deletes whether the record deleted or tombstoned the stream, and is no event
 * @param resolved what the server found
 */
record CategoryLink(long revision, long place, String origin, boolean deletes, Optional<EventMessage> resolved) {
    private static final String TYPE = "$>";
    private static final String COMMIT = "$c";
    private static final String ORIGIN = "$o";
    private static final String DELETED = "$deleted";

    /** The link of this message; empty if it is no link of the projection. */
    static Optional<CategoryLink> of(ReadEvent message) {
        boolean isResolved = message.hasLink();
        EventMessage link = new EventMessage(isResolved ? message.getLink() : message.getEvent());
        Optional<EventMessage> target =
                isResolved && message.hasEvent() ? Optional.of(new EventMessage(message.getEvent())) : Optional.empty();
        return link.type().equals(TYPE)
                ? JsonMembers.read(link.storedMetadata()).flatMap(metadata -> of(link.revision(), metadata, target))
                : Optional.empty();
    }

    private static Optional<CategoryLink> of(long revision, JsonMembers metadata, Optional<EventMessage> target) {
        Optional<Long> place = place(metadata);
        Optional<String> origin = metadata.get(ORIGIN).flatMap(JsonScanner::string);
        return place.isPresent() && origin.isPresent()
                ? Optional.of(new CategoryLink(
                        revision,
                        place.get(),
                        origin.get(),
                        metadata.get(DELETED).isPresent(),
                        target))
                : Optional.empty();
    }

    /** The place that metadata of the server's projections names. */
    static Optional<Long> place(JsonMembers metadata) {
        return metadata.get(COMMIT).filter(text -> text.matches("[0-9]{1,18}")).map(Long::parseLong);
    }

    /** The record, if it is what the server found. */
    Optional<EventMessage> target() {
        return resolved.filter(event -> event.place() == place && event.stream().equals(origin));
    }
}
