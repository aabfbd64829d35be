package io.headwater.esdb.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Up to which place the log may be indexed, where some writes wait for their time. The caller holds the log's monitor. */
final class IndexDelay {
    private record Wait(long from, long untilNanos) {}

    private final Log log;
    private final Deque<Wait> waits = new ArrayDeque<>();
    private long end = Log.FIRST_PLACE;
    private long limit = Long.MAX_VALUE;
    private boolean held;

    IndexDelay(Log log) {
        this.log = log;
    }

    /** What was written since the last call may be indexed after that time, and not before what was written earlier. */
    void written(long millis) {
        if (millis > 0 && log.end() > end) {
            waits.add(new Wait(end, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
        }
        end = log.end();
        advance();
    }

    /** Indexes what may be. */
    void advance() {
        long now = System.nanoTime();
        while (!waits.isEmpty() && waits.peek().untilNanos() - now <= 0) {
            waits.remove();
        }
        if (!held) {
            log.indexTo(
                    Math.min(limit, waits.isEmpty() ? log.end() : waits.peek().from()));
        }
    }

    /** How long the next write that waits has to wait. */
    long nextNanos() {
        return held || waits.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(1, waits.peek().untilNanos() - System.nanoTime());
    }

    /** The log was cut. */
    void restart() {
        waits.clear();
        end = log.end();
    }

    /** Nothing at the place or behind it is indexed. */
    void limit(long place) {
        limit = place;
        advance();
    }

    void hold(boolean hold) {
        held = hold;
        advance();
    }
}
