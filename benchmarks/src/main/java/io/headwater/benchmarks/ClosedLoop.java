package io.headwater.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A closed loop: every thread repeats its work until the time is up or enough events are done. When one thread ends,
 * all end, so that no part of the measurement runs with fewer threads.
 */
final class ClosedLoop {
    private final long nanos;
    private final long maxEventsOfThread;
    private final CountDownLatch start = new CountDownLatch(1);
    private volatile long begin;
    private volatile boolean over;

    private ClosedLoop(Duration time, long maxEventsOfThread) {
        this.nanos = time.toNanos();
        this.maxEventsOfThread = maxEventsOfThread;
    }

    /** Runs each work in a thread of its own, and returns the total events per second. */
    static double eventsPerSecond(List<? extends Work> threads, Duration time, long maxEvents) throws Exception {
        return new ClosedLoop(time, Math.max(1, maxEvents / threads.size())).run(threads);
    }

    private double run(List<? extends Work> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<Share>> running = new ArrayList<>();
            works.forEach(work -> running.add(threads.submit(() -> loop(work))));
            begin = System.nanoTime();
            start.countDown();
            return rate(running);
        } finally {
            over = true;
            threads.shutdown();
        }
    }

    /** The events of one thread, and the time at which it ended. */
    private record Share(long events, long end) {}

    private Share loop(Work work) throws Exception {
        start.await();
        long events = 0;
        try {
            while (!over) {
                events += work.once();
                over |= events >= maxEventsOfThread || System.nanoTime() - begin >= nanos;
            }
        } finally {
            over = true;
        }
        return new Share(events, System.nanoTime());
    }

    private double rate(List<Future<Share>> running) throws Exception {
        long events = 0;
        long last = begin;
        for (Future<Share> thread : running) {
            Share share = thread.get();
            events += share.events();
            last = Math.max(last, share.end());
        }
        return events * 1e9 / (last - begin);
    }
}
