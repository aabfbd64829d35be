package io.headwater.internal.subscription.delivery;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the engine against a handler that throws anything, returns no stage, returns a stage that cannot be waited for or ends
 * twice, or leaves its thread interrupted. Thread-safe if the handler is.
 */
final class SafeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SafeHandler.class);

    private final StepwiseHandler handler;

    SafeHandler(StepwiseHandler handler) {
        this.handler = handler;
    }

    /**
     * Calls the handler.
     *
     * @param end is called once when the events are handled, with null or the failure; on any thread
     * @return true if the events are handled already, in which case {@code end} is not called. This is the usual case, a handler
     *     that blocks, and the cheap one
     */
    boolean call(StepwiseBatch batch, Consumer<@Nullable Throwable> end) {
        try {
            CompletionStage<?> stage = Objects.requireNonNull(handler.handle(batch), "the handler returned no stage");
            if (isDone(stage)) {
                return true;
            }
            await(stage, end);
        } catch (Throwable e) {
            end.accept(e);
        } finally {
            // An interrupt that it left behind was meant for it, not for the next call.
            Thread.interrupted();
        }
        return false;
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.getClass() == CompletableFuture.class
                && ((CompletableFuture<?>) stage).isDone()
                && !((CompletableFuture<?>) stage).isCompletedExceptionally();
    }

    private static void await(CompletionStage<?> stage, Consumer<@Nullable Throwable> end) {
        AtomicBoolean over = new AtomicBoolean();
        Consumer<@Nullable Throwable> endOnce = failure -> {
            if (!over.getAndSet(true)) {
                end.accept(failure);
            }
        };
        try {
            stage.whenComplete((nothing, failure) -> endOnce.accept(unwrapped(failure)));
        } catch (Throwable e) {
            endOnce.accept(e);
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Asks the handler to end the batch in flight soon. If this fails, the engine waits for the batch nevertheless. */
    void withdraw() {
        try {
            handler.withdraw();
        } catch (Throwable e) {
            LOG.warn("the withdrawal of a handler failed", e);
        }
    }
}
