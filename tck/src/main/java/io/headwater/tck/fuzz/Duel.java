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
 * Two threads that repeatedly make two calls at the same time. Sometimes one call begins later than the other, by at
 * most the time that the other took the last time, so that over many rounds every moment of one call coincides with
 * every moment of the other.
 */
final class Duel implements AutoCloseable {
    private static final int SPINS = 5_000;
    private static final int UNDELAYED = 50;
    private static final int PERCENT = 100;

    private final ExecutorService second =
            Executors.newSingleThreadExecutor(work -> Threads.likeCurrent("headwater-tck-racer", work));
    private volatile long firstTook;
    private volatile long secondTook;

    /** Makes both calls, and returns both results. If a call throws, the duel fails. */
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

    /** Waits until both threads run, because waking a thread takes longer than many calls. */
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
