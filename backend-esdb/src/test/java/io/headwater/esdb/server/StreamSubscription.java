package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** Follows a stream: first what can be read of it, then each record that is written, whatever the metadata say. */
final class StreamSubscription {
    /** How long a server that waits for a stream to come into being does not look. */
    private static final long PAUSE_WITHOUT_STREAM_MILLIS = 300;

    private final Reader reader;
    private final Storage storage;
    private final Profile profile;
    private final String stream;
    private final ReadReq.Options options;
    private final Outbox<ReadResp> outbox;
    private final Messages messages;
    private boolean confirmed;
    private long next;
    private long livePlace;
    private long lastNumber;

    StreamSubscription(Reader reader, String stream, ReadReq.Options options, Outbox<ReadResp> outbox) {
        this.reader = reader;
        this.storage = reader.storage();
        this.profile = reader.profile();
        this.stream = stream;
        this.options = options;
        this.outbox = outbox;
        messages = ReadCall.messages(options);
    }

    void run() throws Outbox.Cancelled, InterruptedException {
        ReadReq.Options.StreamOptions start = options.getStream();
        if (start.hasEnd()) {
            startAtEnd();
        } else {
            next = start.hasRevision() ? start.getRevision() + 1 : 0;
            readHistory();
        }
        LiveRecords live = new LiveRecords(reader, outbox, livePlace);
        while (true) {
            live.next(record -> record.stream().equals(stream) && record.number() >= next, this::send);
        }
    }

    private void startAtEnd() throws Outbox.Cancelled, InterruptedException {
        synchronized (storage.log()) {
            livePlace = storage.log().indexedEnd();
            if (profile.refusesEndOfTombstoned() && storage.index().lastNumber(stream) == Streams.DELETED) {
                throw Refusals.streamDeleted(stream);
            }
        }
        confirm();
        outbox.send(Messages.caughtUp());
    }

    private void readHistory() throws Outbox.Cancelled, InterruptedException {
        boolean more = true;
        while (more) {
            StreamPages.Page page;
            List<ResolvedRecord> records;
            synchronized (storage.log()) {
                page = storage.streams().forwards(stream, next, StreamRead.PAGE);
                records = storage.resolve(page.records(), options.getResolveLinks());
                livePlace = storage.log().indexedEnd();
                lastNumber = storage.index().lastNumber(stream);
            }
            more = sendPage(page, records);
        }
        outbox.send(Messages.caughtUp());
    }

    /** Whether there may be more. */
    private boolean sendPage(StreamPages.Page page, List<ResolvedRecord> records)
            throws Outbox.Cancelled, InterruptedException {
        switch (page.outcome()) {
            case DELETED -> throw Refusals.streamDeleted(stream);
            case ERROR -> throw Refusals.unexpectedResult("ReadStreamResult: Error");
            default -> confirm();
        }
        if (page.outcome() == StreamPages.Outcome.NO_STREAM) {
            if (profile.catchesUpWithoutStream()) {
                return false;
            }
            storage.awaitStream(stream, lastNumber, outbox);
            if (storage.ending()) {
                throw Refusals.notReady();
            }
            outbox.pause(PAUSE_WITHOUT_STREAM_MILLIS);
            return true;
        }
        for (ResolvedRecord record : records) {
            outbox.send(messages.event(record));
        }
        next = Math.max(next, page.next());
        return !page.end();
    }

    private void confirm() throws Outbox.Cancelled, InterruptedException {
        if (!confirmed) {
            confirmed = true;
            outbox.send(Messages.confirmation());
        }
    }

    private void send(StoredRecord record) throws Outbox.Cancelled, InterruptedException {
        ResolvedRecord resolved;
        synchronized (storage.log()) {
            resolved = storage.links().resolve(record, options.getResolveLinks());
        }
        outbox.send(messages.event(resolved));
        if (record.tombstone()) {
            throw Refusals.streamDeleted(stream);
        }
    }
}
