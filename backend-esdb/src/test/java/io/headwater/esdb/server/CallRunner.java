package io.headwater.esdb.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs calls on threads of their own and turns what they throw into statuses. */
final class CallRunner {
    private static final Logger LOGGER = Logger.getLogger(CallRunner.class.getName());

    interface Body {
        void run() throws Outbox.Cancelled, InterruptedException;
    }

    private final ExecutorService threads;

    CallRunner(ExecutorService threads) {
        this.threads = threads;
    }

    void start(Outbox<?> outbox, Body body) {
        threads.execute(() -> run(outbox, body));
    }

    void startAfter(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
                .execute(task);
    }

    Executor threads() {
        return threads;
    }

    static void run(Outbox<?> outbox, Body body) {
        try {
            body.run();
            outbox.complete();
        } catch (Outbox.Cancelled e) {
            LOGGER.finest("cancelled by the client");
        } catch (StatusRuntimeException e) {
            outbox.fail(e);
        } catch (BadArgument e) {
            outbox.fail(Refusals.exceptionInHandler());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outbox.fail(Status.UNAVAILABLE.withDescription("the server ends").asRuntimeException());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "a call failed", e);
            outbox.fail(Refusals.exceptionInHandler());
        }
    }
}
