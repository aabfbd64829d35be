package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.Set;

/** Checks a request to read and does what it asks for. */
final class ReadCall {
    /** Combinations of what is read, how far, where to, and with a filter or not, that have a meaning. */
    private static final Set<String> COMBINATIONS = Set.of(
            "Stream, Count, Forwards, NoFilter",
            "Stream, Count, Backwards, NoFilter",
            "Stream, Subscription, Forwards, NoFilter",
            "All, Count, Forwards, NoFilter",
            "All, Count, Forwards, Filter",
            "All, Count, Backwards, NoFilter",
            "All, Count, Backwards, Filter",
            "All, Subscription, Forwards, NoFilter",
            "All, Subscription, Forwards, Filter");

    private final Reader reader;
    private final Storage storage;
    private final Profile profile;
    private final ReadReq.Options options;
    private final Outbox<ReadResp> outbox;

    ReadCall(Reader reader, ReadReq request, Outbox<ReadResp> outbox) {
        this.reader = reader;
        this.storage = reader.storage();
        this.profile = reader.profile();
        this.options = request.hasOptions() ? request.getOptions() : null;
        this.outbox = outbox;
    }

    void run() throws Outbox.Cancelled, InterruptedException {
        if (options == null) {
            throw Refusals.exceptionInHandler();
        }
        if (options.getStreamOptionCase() == ReadReq.Options.StreamOptionCase.STREAMOPTION_NOT_SET) {
            throw Refusals.notValid("None", "ReadReq+Types+Options+StreamOptionOneofCase");
        }
        checkUuidOption();
        checkCombination();
        outbox.whenCancelled(storage::wake);
        boolean subscribes = options.hasSubscription();
        if (options.hasStream()) {
            String stream =
                    options.getStream().getStreamIdentifier().getStreamName().toStringUtf8();
            if (stream.isEmpty()) {
                throw Refusals.exceptionInHandler();
            }
            if (options.getStream().getRevisionOptionCase()
                    == ReadReq.Options.StreamOptions.RevisionOptionCase.REVISIONOPTION_NOT_SET) {
                endByException();
            } else if (subscribes) {
                subscribe(new StreamSubscription(reader, stream, options, outbox)::run);
            } else {
                new StreamRead(storage, stream, options, outbox).run();
            }
        } else {
            if (options.getAll().getAllOptionCase() == ReadReq.Options.AllOptions.AllOptionCase.ALLOPTION_NOT_SET) {
                endByException();
            } else if (subscribes) {
                subscribe(new AllSubscription(reader, options, outbox)::run);
            } else {
                new AllRead(storage, profile, options, outbox).run();
            }
        }
    }

    private void subscribe(CallRunner.Body subscription) throws Outbox.Cancelled, InterruptedException {
        storage.deliveries().opened(outbox);
        try {
            subscription.run();
        } finally {
            storage.deliveries().ended(outbox);
        }
    }

    private void checkUuidOption() throws Outbox.Cancelled, InterruptedException {
        boolean lacking = !options.hasUuidOption()
                || options.getUuidOption().getContentCase() == ReadReq.Options.UUIDOption.ContentCase.CONTENT_NOT_SET;
        if (!lacking) {
            return;
        }
        if (profile.asksForUuidOption()) {
            throw Refusals.invalidArgument(" `uuidOption` is a required argument of type "
                    + "EventStore.Client.Streams.ReadReq+Types+Options+Types+UUIDOption");
        }
        if (options.hasSubscription()) {
            outbox.send(Messages.confirmation());
        }
        outbox.waitForCancel();
    }

    private void checkCombination() {
        String combination = String.join(
                ", ",
                options.hasStream() ? "Stream" : "All",
                switch (options.getCountOptionCase()) {
                    case COUNT -> "Count";
                    case SUBSCRIPTION -> "Subscription";
                    default -> "None";
                },
                backwards(options) ? "Backwards" : "Forwards",
                switch (options.getFilterOptionCase()) {
                    case FILTER -> "Filter";
                    case NO_FILTER -> "NoFilter";
                    default -> "None";
                });
        if (!COMBINATIONS.contains(combination)) {
            throw Refusals.invalidArgument("The combination of (" + combination + ") is invalid.");
        }
    }

    private void endByException() {
        if (!profile.swallowsExceptions()) {
            throw Refusals.exceptionInHandler();
        }
    }

    static boolean backwards(ReadReq.Options options) {
        return options.getReadDirection() == ReadReq.Options.ReadDirection.Backwards;
    }

    static Messages messages(ReadReq.Options options) {
        return new Messages(options.getUuidOption().hasString());
    }
}
