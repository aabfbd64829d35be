package io.headwater.benchmarks;

/** Reads the log, or a part of it, page by page, again and again. */
final class LogReads implements Work {
    private final Pages pages;
    private final int limit;
    private long after;
    private long checksum;

    LogReads(Pages pages, int limit) {
        this.pages = pages;
        this.limit = limit;
    }

    /** The source of pages. */
    interface Pages {
        Tally page(long after, int limit) throws Exception;
    }

    @Override
    public int once() throws Exception {
        Tally page = pages.page(after, limit);
        after = page.events() < limit ? 0 : page.last();
        checksum = 31 * checksum + page.checksum();
        return page.events();
    }

    /** Reads all pages once. */
    static Tally all(Pages pages, int limit) throws Exception {
        LogReads reads = new LogReads(pages, limit);
        int events = reads.once();
        while (reads.after != 0) {
            events += reads.once();
        }
        return new Tally(events, reads.checksum, 0);
    }
}
