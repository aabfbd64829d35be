package io.headwater.esdb.server;

import java.util.concurrent.TimeUnit;

/** What a scan's pages without a match cost: little each, but with a window of a few records there are as many as records. */
final class ScanCost {
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long nanosPerPage;
    private long begunNanos;
    private long pages;

    ScanCost(Profile profile) {
        nanosPerPage = profile.emptyPageNanos();
    }

    /** Takes the page's time, now or with later ones, unless the client ends the call. What the work itself took counts. */
    void emptyPage(Outbox<?> outbox) throws Outbox.Cancelled, InterruptedException {
        long now = System.nanoTime();
        if (pages == 0) {
            begunNanos = now;
        }
        pages++;
        long owedNanos = begunNanos + pages * nanosPerPage - now;
        if (owedNanos >= MIN_PAUSE_NANOS) {
            outbox.pause(TimeUnit.NANOSECONDS.toMillis(owedNanos));
        }
    }
}
