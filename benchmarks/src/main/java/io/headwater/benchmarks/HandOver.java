package io.headwater.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Hands over to another thread and does nothing else: how late threads are on this machine, whatever they do. */
final class HandOver implements Sender, AutoCloseable {
    private final RandomTimes times = new RandomTimes();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final LongConsumer taker;

    /** The taker is given, on the other thread, the time when it was sent. */
    HandOver(LongConsumer taker) {
        this.taker = taker;
    }

    @Override
    public int send(int perSecond, Duration time) {
        return times.each(perSecond, time, sentAt -> thread.execute(() -> taker.accept(sentAt)));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
