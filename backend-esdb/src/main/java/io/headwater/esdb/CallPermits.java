package io.headwater.esdb;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A number of permits, which are given out in the order in which they are asked for. Thread-safe. */
final class CallPermits {
    /** One connection takes 100 calls at a time; the next one would wait in the client without a sign. */
    static final int PER_CONNECTION = 96;

    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int free;

    CallPermits(int number) {
        free = number;
    }

    /** A call that waits for a permit. */
    private static final class Turn {
        private final CompletableFuture<Boolean> given = new CompletableFuture<>();
    }

    /** Waits for a permit. Returns whether there was one within the time of the call. */
    boolean acquire(CallContext context) {
        Turn turn = ask();
        if (turn.given.isDone()) {
            return true;
        }
        try {
            return context.await(turn.given, context.remainingNanos());
        } catch (TimeoutException e) {
            giveUp(turn);
            return false;
        } catch (RuntimeException e) {
            giveUp(turn);
            throw e;
        }
    }

    private synchronized Turn ask() {
        Turn turn = new Turn();
        if (free > 0) {
            free--;
            turn.given.complete(true);
        } else {
            waiting.add(turn);
        }
        return turn;
    }

    private void giveUp(Turn turn) {
        turn.given.cancel(false);
        if (!turn.given.isCompletedExceptionally()) {
            release();
        }
        synchronized (this) {
            waiting.remove(turn);
        }
    }

    synchronized void release() {
        while (!waiting.isEmpty()) {
            if (waiting.remove().given.complete(true)) {
                return;
            }
        }
        free++;
    }
}
