package io.headwater.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A closed loop: every thread begins its work anew as soon as it has done it, until the time is up or enough events are
 * done. When one thread ends, all do, so that no part of the measurement runs with fewer threads.
 */
final class Load {
    private final long nanos;
    private final long mostEventsOfThread;
    private final CountDownLatch start = new CountDownLatch(1);
    private volatile long begin;
    private volatile boolean over;

    private Load(Duration time, long mostEventsOfThread) {
        this.nanos = time.toNanos();
        this.mostEventsOfThread = mostEventsOfThread;
    }

    /** Runs each work in a thread of its own, and returns the events per second of all together. */
    static double eventsPerSecond(List<? extends Work> threads, Duration time, long mostEvents) throws Exception {
        return new Load(time, Math.max(1, mostEvents / threads.size())).run(threads);
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

    /** What a thread did, and when it was done. */
    private record Share(long events, long end) {}

    private Share loop(Work work) throws Exception {
        start.await();
        long events = 0;
        try {
            while (!over) {
                events += work.once();
                over |= events >= mostEventsOfThread || System.nanoTime() - begin >= nanos;
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
