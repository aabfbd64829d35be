package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One append of a batch call, whose events come in one message or in several. */
final class BatchedAppend {
    /** An append is over one of the limits. */
    static final class TooBig extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean event;

        TooBig(boolean event) {
            super("too big");
            this.event = event;
        }

        boolean ofEvent() {
            return event;
        }
    }

    private final String stream;
    private final long expected;
    private final AppendSize size;
    private final List<Proposed> events = new ArrayList<>();

    BatchedAppend(BatchAppendReq.Options options, Profile profile) {
        stream = options.getStreamIdentifier().getStreamName().toStringUtf8();
        expected = expected(options);
        size = new AppendSize(profile);
    }

    private static long expected(BatchAppendReq.Options options) {
        return switch (options.getExpectedStreamPositionCase()) {
            case STREAM_POSITION -> Expected.revision(options.getStreamPosition());
            case NO_STREAM -> Expected.NO_STREAM;
            case ANY -> Expected.ANY;
            case STREAM_EXISTS -> Expected.STREAM_EXISTS;
            default ->
                throw new BadArgument("Status(StatusCode=\"InvalidArgument\", Detail=\"'None' is not a valid "
                        + "EventStore.Client.Streams.BatchAppendReq+Types+Options+ExpectedStreamPositionOneofCase\")");
        };
    }

    /** All events of a message are taken before their sizes are looked at. */
    void add(List<BatchAppendReq.ProposedMessage> messages) throws TooBig {
        boolean tooBig = false;
        for (BatchAppendReq.ProposedMessage message : messages) {
            Proposed event = event(message);
            int eventSize = size.ofEvent(event.type(), event.data(), event.metadata());
            if (size.eventExceeds(eventSize)) {
                throw new TooBig(true);
            }
            tooBig = size.exceedsWith(eventSize);
            events.add(event);
        }
        if (tooBig) {
            throw new TooBig(false);
        }
    }

    private static Proposed event(BatchAppendReq.ProposedMessage message) {
        return Proposed.checked(
                Ids.parse(message.hasId(), message.getId()),
                property(message.getMetadataMap(), Proposed.TYPE),
                property(message.getMetadataMap(), Proposed.CONTENT_TYPE),
                message.getData(),
                message.getCustomMetadata());
    }

    private static String property(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null) {
            throw new BadArgument("The given key was not present in the dictionary.");
        }
        return value;
    }

    String stream() {
        return stream;
    }

    long expected() {
        return expected;
    }

    List<Proposed> events() {
        return events;
    }
}
