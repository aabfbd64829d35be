package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** Follows {@code $all}, with a filter or without. */
final class AllSubscription {
    private final Reader reader;
    private final Storage storage;
    private final Profile profile;
    private final ReadReq.Options options;
    private final Outbox<ReadResp> outbox;
    private final Messages messages;
    private FilterWindow filter;
    private long start;
    private long place;
    private long sinceCheckpoint;

    AllSubscription(Reader reader, ReadReq.Options options, Outbox<ReadResp> outbox) {
        this.reader = reader;
        this.storage = reader.storage();
        this.profile = reader.profile();
        this.options = options;
        this.outbox = outbox;
        messages = ReadCall.messages(options);
    }

    void run() throws Outbox.Cancelled, InterruptedException {
        filter = FilterWindow.of(options, profile);
        if (options.hasFilter() && options.getFilter().getCheckpointIntervalMultiplier() == 0) {
            throw Refusals.exceptionInHandler();
        }
        if (options.getAll().hasEnd()) {
            synchronized (storage.log()) {
                place = storage.log().indexedEnd();
                start = place - 1;
            }
            outbox.send(Messages.confirmation());
        } else {
            start = options.getAll().hasPosition()
                    ? options.getAll().getPosition().getCommitPosition()
                    : -1;
            confirm();
            readHistory();
        }
        outbox.send(Messages.caughtUp());
        LiveRecords live = new LiveRecords(reader, outbox, place);
        while (true) {
            live.next(record -> record.position() > start || !profile.waitsForFuturePosition(), this::sendLive);
        }
    }

    private void confirm() throws Outbox.Cancelled, InterruptedException {
        boolean valid;
        synchronized (storage.log()) {
            ReadReq.Options.Position from = options.getAll().getPosition();
            long end = storage.log().indexedEnd();
            valid = start < 0 || start > end || storage.all().valid(start, from.getPreparePosition());
        }
        if (valid || profile.confirmsInvalidPositions()) {
            outbox.send(Messages.confirmation());
        }
        if (!valid) {
            throw profile.confirmsInvalidPositions() ? Refusals.invalidPosition() : Refusals.exceptionInHandler();
        }
    }

    private void readHistory() throws Outbox.Cancelled, InterruptedException {
        if (filter.window() == 0 && profile.failsOnEmptyWindow()) {
            throw Refusals.exceptionInHandler();
        }
        if (filter.window() <= 0) {
            outbox.waitForCancel();
        }
        long from = Math.max(0, start);
        long lost = lost();
        boolean more = true;
        long scanned = -1;
        while (more) {
            AllPages.Page page;
            List<ResolvedRecord> records;
            synchronized (storage.log()) {
                page = storage.all().forwards(from, from, StreamRead.PAGE, filter.window(), filter.filter());
                records = storage.resolve(page.records(), options.getResolveLinks());
                place = storage.log().indexedEnd();
                scanned = page.considered() > 0 ? lastBefore(page.next()) : scanned;
            }
            sendHistory(records, lost);
            checkpointAfter(page.considered(), scanned);
            from = page.next();
            more = !page.end();
        }
        if (options.hasFilter() && scanned >= 0 && profile.checkpointsBeforeLive()) {
            outbox.send(Messages.checkpoint(scanned));
        }
    }

    /** The place of the record that is not sent although it lies behind the start, whether it would be wanted or not; or -1. */
    private long lost() {
        synchronized (storage.log()) {
            Log log = storage.log();
            if (!profile.losesEventBehindScavengedPlace() || !log.isScavenged(start)) {
                return -1;
            }
            int at = log.firstAt(start);
            return at < log.records().size() ? log.records().get(at).position() : -1;
        }
    }

    private long lastBefore(long end) {
        Log log = storage.log();
        int at = log.firstAt(end);
        return at == 0 ? 0 : log.records().get(at - 1).position();
    }

    private void sendHistory(List<ResolvedRecord> records, long lost) throws Outbox.Cancelled, InterruptedException {
        for (ResolvedRecord record : records) {
            long position = record.place().position();
            if (position > start && position != lost) {
                outbox.send(messages.event(record));
            }
        }
    }

    private void checkpointAfter(int considered, long position) throws Outbox.Cancelled, InterruptedException {
        sinceCheckpoint += considered;
        if (options.hasFilter() && sinceCheckpoint >= filter.checkpointInterval()) {
            sinceCheckpoint = 0;
            outbox.send(Messages.checkpoint(position));
        }
    }

    private void sendLive(StoredRecord record) throws Outbox.Cancelled, InterruptedException {
        if (filter.filter().accepts(record)) {
            ResolvedRecord resolved;
            synchronized (storage.log()) {
                resolved = storage.links().resolve(record, options.getResolveLinks());
            }
            outbox.send(messages.event(resolved));
        }
        checkpointAfter(1, record.position());
    }
}
