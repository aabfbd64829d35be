package io.headwater.esdb;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A number of permits, which are given out in the order in which they are asked for. Thread-safe. */
final class CallPermits {
    /** One connection takes 100 calls at a time; the next one would wait in the client without a sign. */
    static final int PER_CONNECTION = 96;

    private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private int free;

    CallPermits(int number) {
        free = number;
    }

    /** Waits for a permit. Returns whether there was one within the time of the call. */
    boolean acquire(CallContext context) {
        CompletableFuture<Boolean> turn = ask();
        if (turn.isDone()) {
            return true;
        }
        try {
            return context.await(turn, context.remainingNanos());
        } catch (TimeoutException e) {
            giveUp(turn);
            return false;
        } catch (RuntimeException e) {
            giveUp(turn);
            throw e;
        }
    }

    private synchronized CompletableFuture<Boolean> ask() {
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        if (free > 0) {
            free--;
            turn.complete(true);
        } else {
            waiting.add(turn);
        }
        return turn;
    }

    private void giveUp(CompletableFuture<Boolean> turn) {
        turn.cancel(false);
        if (!turn.isCompletedExceptionally()) {
            release();
        }
        synchronized (this) {
            waiting.remove(turn);
        }
    }

    synchronized void release() {
        while (!waiting.isEmpty()) {
            if (waiting.remove().complete(true)) {
                return;
            }
        }
        free++;
    }

    /** Returns whether all permits are free, given their number. */
    synchronized boolean isUnused(int number) {
        return free == number;
    }
}
