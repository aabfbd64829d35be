package io.headwater.tck.fuzz;

import io.headwater.tck.rule.Threads;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Two threads that make two calls at the same time, again and again. Now and then one begins later than the other, by up to as
 * long as the other took the last time, so that each moment of one call meets each of the other.
 */
final class Duel implements AutoCloseable {
    private static final int SPINS = 5_000;
    private static final int UNDELAYED = 50;
    private static final int PERCENT = 100;

    private final ExecutorService second =
            Executors.newSingleThreadExecutor(work -> Threads.likeCurrent("headwater-tck-racer", work));
    private volatile long firstTook;
    private volatile long secondTook;

    /** What both answered. A call that throws breaks the duel. */
    List<Answer> of(Callable<Answer> one, Callable<Answer> other, Chance chance) throws Exception {
        boolean delayed = !chance.in100(UNDELAYED);
        boolean firstIsLate = chance.in100(UNDELAYED);
        int share = chance.below(PERCENT);
        long delay = delayed ? (firstIsLate ? secondTook : firstTook) * share / PERCENT : 0;
        AtomicInteger arrived = new AtomicInteger();
        Future<Answer> running = second.submit(() -> {
            meet(arrived, firstIsLate ? 0 : delay);
            long begun = System.nanoTime();
            Answer answer = other.call();
            secondTook = System.nanoTime() - begun;
            return answer;
        });
        meet(arrived, firstIsLate ? delay : 0);
        long begun = System.nanoTime();
        Answer answer = one.call();
        firstTook = System.nanoTime() - begun;
        return List.of(answer, result(running));
    }

    /** Waking a thread takes longer than many a call: both are awake before either goes on. */
    private static void meet(AtomicInteger arrived, long delay) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < 2; spins++) {
            pause(spins);
        }
        long until = System.nanoTime() + delay;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static void pause(int spins) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for the other call");
        }
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(1);
        }
    }

    private static Answer result(Future<Answer> running) throws Exception {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        second.shutdownNow();
    }
}
