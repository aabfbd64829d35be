package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** Reads a stream, page by page. */
final class StreamRead {
    static final int PAGE = 32;

    private final Storage storage;
    private final String stream;
    private final Outbox<ReadResp> outbox;
    private final Messages messages;
    private final boolean backwards;
    private final boolean resolving;
    private final boolean tellsPositions;
    private final long count;
    private long next;

    StreamRead(Storage storage, String stream, ReadReq.Options options, Outbox<ReadResp> outbox) {
        this.storage = storage;
        this.stream = stream;
        this.outbox = outbox;
        messages = ReadCall.messages(options);
        backwards = ReadCall.backwards(options);
        resolving = options.getResolveLinks();
        tellsPositions = options.getControlOption().getCompatibility() > 0;
        count = options.getCount();
        next = start(options.getStream());
    }

    private static long start(ReadReq.Options.StreamOptions options) {
        return switch (options.getRevisionOptionCase()) {
            case REVISION -> options.getRevision();
            case END -> StreamPages.END;
            default -> 0;
        };
    }

    void run() throws Outbox.Cancelled, InterruptedException {
        if (next < StreamPages.END) {
            throw Refusals.exceptionInHandler();
        }
        long sent = 0;
        boolean more = true;
        while (more) {
            StreamPages.Page page;
            List<ResolvedRecord> records;
            synchronized (storage.log()) {
                page = page();
                records = storage.resolve(page.records(), resolving);
            }
            if (!found(page)) {
                return;
            }
            if (!backwards && tellsPositions && records.isEmpty() && page.next() != next) {
                outbox.send(Messages.firstPosition(page.next()));
            }
            long wanted = count < 0 ? Long.MAX_VALUE : count - sent;
            for (ResolvedRecord record : records.subList(0, (int) Math.min(records.size(), wanted))) {
                outbox.send(messages.event(record));
            }
            sent += records.size();
            more = wanted > records.size() && !page.end();
            next = page.next();
            if (!more && tellsPositions) {
                outbox.send(Messages.lastPosition(page.last()));
            }
        }
    }

    private StreamPages.Page page() {
        int size = (int) Math.min(PAGE, count < 0 ? PAGE : count);
        return backwards
                ? storage.streams().backwards(stream, next, size)
                : storage.streams().forwards(stream, next, size);
    }

    private boolean found(StreamPages.Page page) throws Outbox.Cancelled, InterruptedException {
        switch (page.outcome()) {
            case DELETED -> throw Refusals.streamDeleted(stream);
            case ERROR -> throw Refusals.unexpectedResult("ReadStreamResult: Error");
            case NO_STREAM -> {
                outbox.send(Messages.streamNotFound(stream));
                return false;
            }
            default -> {
                return true;
            }
        }
    }
}
