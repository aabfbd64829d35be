package io.headwater.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Hands values over to another thread and does nothing else: measures the machine's latency between threads. */
final class HandOver implements Sender, AutoCloseable {
    private final RandomTimes times = new RandomTimes();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final LongConsumer taker;

    /** On the other thread, the consumer receives the time at which the value was sent. */
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
