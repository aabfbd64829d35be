package io.headwater.esdb;

import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options;

/**
 * A read of events, to be sent by {@link Call}. Reads of streams begin at a revision, inclusive. Reads of the log begin at a place:
 * forwards inclusive, backwards exclusive. Without a place, they begin at the start or, backwards, at the end.
 */
final class ReadRequest {
    /** The place before all events, and the one after all. */
    static final long START = 0;

    static final long END = Long.MAX_VALUE;

    private static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();
    private static final int WINDOW = 2_000;

    private final String subject;
    private final Options.Builder options;
    private int limit = 1;
    private boolean whole;

    private ReadRequest(String subject) {
        this.subject = subject;
        this.options = Options.newBuilder()
                .setNoFilter(EMPTY)
                .setUuidOption(Options.UUIDOption.newBuilder().setStructured(EMPTY))
                .setControlOption(Options.ControlOption.newBuilder().setCompatibility(1));
    }

    private static ReadRequest ofStream(String stream) {
        ReadRequest request = new ReadRequest(stream);
        request.options.getStreamBuilder().setStreamIdentifier(EventMessage.stream(stream));
        return request;
    }

    /** Reads a stream forwards. */
    static ReadRequest forwards(String stream, long revision) {
        ReadRequest request = ofStream(stream);
        request.options.getStreamBuilder().setRevision(revision);
        return request;
    }

    /** Reads a stream backwards from the end. */
    static ReadRequest backwards(String stream) {
        ReadRequest request = ofStream(stream);
        request.options.setReadDirection(Options.ReadDirection.Backwards);
        request.options.getStreamBuilder().setEnd(EMPTY);
        return request;
    }

    /** Reads a stream backwards from a revision. */
    static ReadRequest backwards(String stream, long revision) {
        ReadRequest request = backwards(stream);
        request.options.getStreamBuilder().setRevision(revision);
        return request;
    }

    /** Reads the log forwards, from a place, inclusive; {@link #START} is the start. */
    static ReadRequest logForwards(long place) {
        ReadRequest request = new ReadRequest("$all");
        request.place(place);
        return request;
    }

    /** Reads the log backwards, from a place, exclusive; {@link #END} is the end. */
    static ReadRequest logBackwards(long place) {
        ReadRequest request = new ReadRequest("$all");
        request.options.setReadDirection(Options.ReadDirection.Backwards);
        request.place(place);
        return request;
    }

    private void place(long place) {
        if (place == START) {
            options.getAllBuilder().setStart(EMPTY);
        } else if (place == END) {
            options.getAllBuilder().setEnd(EMPTY);
        } else {
            options.getAllBuilder()
                    .setPosition(Options.Position.newBuilder()
                            .setCommitPosition(place)
                            .setPreparePosition(place));
        }
    }

    /** Returns at most this number of events. It is 1 unless it is set. */
    ReadRequest limit(int count) {
        limit = count;
        return this;
    }

    /** Also if the events are large. Otherwise the answer ends after a few megabytes. */
    ReadRequest whole() {
        whole = true;
        return this;
    }

    boolean isWhole() {
        return whole;
    }

    /** Only records that match. */
    ReadRequest matching(LogPattern pattern) {
        options.setFilter(pattern.options(WINDOW));
        return this;
    }

    /** Only events of the streams whose names begin so, as the server's index has them. */
    ReadRequest ofPrefix(String prefix) {
        options.getFilterBuilder().setMax(WINDOW).setCheckpointIntervalMultiplier(1);
        options.getFilterBuilder().getStreamIdentifierBuilder().addPrefix(prefix);
        return this;
    }

    /** With the events that links point to. */
    ReadRequest resolvingLinks() {
        options.setResolveLinks(true);
        return this;
    }

    /** Returns the message that begins a subscription, instead of a read. */
    ReadReq subscription() {
        options.setSubscription(Options.SubscriptionOptions.getDefaultInstance());
        return ReadReq.newBuilder().setOptions(options).build();
    }

    /** Returns the name of the stream, or {@code $all}. */
    String subject() {
        return subject;
    }

    boolean isOfLog() {
        return options.hasAll();
    }

    boolean isFiltered() {
        return options.hasFilter();
    }

    int limit() {
        return limit;
    }

    ReadReq message() {
        options.setCount(limit);
        return ReadReq.newBuilder().setOptions(options).build();
    }
}
