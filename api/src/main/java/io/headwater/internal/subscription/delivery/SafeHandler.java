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
 * A handler from outside, which may do what it likes: throw anything, return no stage or one that cannot be waited for or
 * ends twice, leave its thread interrupted. Thread-safe as far as the handler is.
 */
final class SafeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SafeHandler.class);

    private final StepwiseHandler handler;

    SafeHandler(StepwiseHandler handler) {
        this.handler = handler;
    }

    /**
     * Begins to handle events.
     *
     * @param end is told once that it is over, and the failure if there is one; on any thread
     * @return true if they are handled already, which spares the usual case, a handler that blocks, the way over the callback
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

    /** Asks for what is waited for to end soon. If that fails it is waited for all the same. */
    void withdraw() {
        try {
            handler.withdraw();
        } catch (Throwable e) {
            LOG.warn("the withdrawal of a handler failed", e);
        }
    }
}
