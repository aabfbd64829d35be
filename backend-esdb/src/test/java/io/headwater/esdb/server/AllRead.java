package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.List;

/** Reads {@code $all}, with a filter or without, page by page. */
final class AllRead {
    private final Storage storage;
    private final Profile profile;
    private final ReadReq.Options options;
    private final Outbox<ReadResp> outbox;
    private final Messages messages;
    private final boolean backwards;
    private final long count;
    private final ScanCost cost;
    private long commit;
    private long prepare;

    AllRead(Storage storage, Profile profile, ReadReq.Options options, Outbox<ReadResp> outbox) {
        this.storage = storage;
        this.profile = profile;
        this.options = options;
        this.outbox = outbox;
        messages = ReadCall.messages(options);
        backwards = ReadCall.backwards(options);
        count = options.getCount();
        cost = new ScanCost(profile);
        start(options.getAll());
    }

    private void start(ReadReq.Options.AllOptions start) {
        switch (start.getAllOptionCase()) {
            case POSITION -> {
                commit = start.getPosition().getCommitPosition();
                prepare = start.getPosition().getPreparePosition();
            }
            case END -> {
                commit = AllPages.END;
                prepare = AllPages.END;
            }
            default -> {
                commit = 0;
                prepare = 0;
            }
        }
    }

    /**
     * A filtered read that has its number of events goes on to the next match and ends there, or at the end of the log. One whose
     * window holds nothing never ends.
     */
    void run() throws Outbox.Cancelled, InterruptedException {
        if (Long.compareUnsigned(commit, prepare) < 0) {
            throw Refusals.exceptionInHandler();
        }
        FilterWindow filter = FilterWindow.of(options, profile);
        int size = (int) Math.min(StreamRead.PAGE, count < 0 ? StreamRead.PAGE : count);
        if (filter.window() <= 0 || size == 0) {
            outbox.waitForCancel();
        }
        long wanted = count < 0 ? Long.MAX_VALUE : count;
        boolean more = true;
        while (more) {
            AllPages.Page page;
            List<ResolvedRecord> records;
            synchronized (storage.log()) {
                page = page(size, filter);
                records = storage.resolve(page.records(), options.getResolveLinks());
            }
            check(page);
            if (page.records().isEmpty() && options.hasFilter()) {
                cost.emptyPage(outbox);
            }
            for (ResolvedRecord record : records) {
                if (wanted == 0) {
                    return;
                }
                wanted--;
                outbox.send(messages.event(record));
            }
            more = !page.end();
            commit = page.next();
            prepare = page.next();
        }
    }

    private AllPages.Page page(int size, FilterWindow filter) {
        return backwards
                ? storage.all().backwards(commit, prepare, size, filter.window(), filter.filter())
                : storage.all().forwards(commit, prepare, size, filter.window(), filter.filter());
    }

    private void check(AllPages.Page page) {
        String result = options.hasFilter() ? "FilteredReadAllResult: " : "ReadAllResult: ";
        if (page.outcome() == AllPages.Outcome.ERROR) {
            throw Refusals.unexpectedResult(result + "Error");
        }
        if (page.outcome() == AllPages.Outcome.INVALID_POSITION) {
            throw Refusals.unexpectedResult(result + (profile.namesInvalidPositions() ? "InvalidPosition" : "Error"));
        }
    }
}
