package io.headwater;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A running subscription. {@link EventStore#subscribe} starts one. Thread-safe.
 *
 * <p>It continues by itself after the store could not be reached (S5), and holds no thread while there is nothing to do.
 *
 * <p>Handlers and listeners run on daemon threads, which do not keep the process alive. A {@code main} method that only
 * subscribes returns, and the process ends; call {@link #awaitClosed()} to wait.
 */
public interface Subscription extends AutoCloseable {

    /** The name; empty for an ephemeral subscription. */
    Optional<String> name();

    SubscriptionState state();

    /** The position up to which every selected event is handled, skipped or parked. */
    Position position();

    /**
     * How many events the subscription still has to handle. Blocks: it reads the store, up to {@link
     * SubscriptionLag#MAX_COUNTED} events.
     */
    SubscriptionLag lag();

    /**
     * Waits until every selected event up to this position is handled, skipped or parked. A writer that waits for the
     * position of its append then sees the append in what the handler maintains (G8).
     *
     * @return false if the timeout elapsed first
     * @throws SubscriptionEnded if the subscription ended first
     * @throws OperationInterrupted if the thread was interrupted
     */
    boolean awaitPosition(Position position, Duration timeout);

    /** Waits until the subscription is {@link SubscriptionState#LIVE}. Returns and throws as {@link #awaitPosition}. */
    boolean awaitLive(Duration timeout);

    /**
     * Waits until the subscription is closed, by a call of {@link #close()} or because its store was closed.
     *
     * @return false if the timeout elapsed first
     * @throws SubscriptionEnded if the subscription failed; the cause is the exception of {@link #completion()}
     * @throws OperationInterrupted if the thread was interrupted; the subscription continues
     * @throws InvalidRequest if the handler or the listener of the subscription calls it, which would wait for itself
     */
    boolean awaitClosed(Duration timeout);

    /** Waits until the subscription is closed, without a timeout. Throws as {@link #awaitClosed(Duration)}. */
    default void awaitClosed() {
        boolean closed;
        do {
            closed = awaitClosed(ChronoUnit.FOREVER.getDuration());
        } while (!closed);
    }

    /**
     * Stops calling the handler until {@link #resume()}, also while the subscription is being closed. A call in progress
     * continues. The lease is kept. Does not block.
     */
    void pause();

    /** Calls the handler again after {@link #pause()}. */
    void resume();

    /**
     * Completes when the subscription has ended: normally if it was closed, exceptionally with the {@link
     * EventStoreException} that ended it. That is a {@link SubscriptionEnded} if a handler failed. Stages that depend on
     * this one get the exception as the cause of a {@link java.util.concurrent.CompletionException}, as with every stage.
     */
    CompletionStage<Void> completion();

    /**
     * Begins to close the subscription as {@link #close()} does, and returns without waiting. The returned stage is {@link
     * #completion()}.
     */
    CompletionStage<Void> closeAsync();

    /**
     * Ends the subscription, and blocks until it has ended. It waits for the calls of the handler that are in progress, lets
     * streams that are behind others catch up with them unless one fails or the subscription is paused, saves the checkpoint
     * and releases the lease. Afterwards the handler is not called again (S7).
     *
     * <p>The next durable subscription of the same name continues from there, and handles nothing twice, with three
     * exceptions: the lease was lost, the last checkpoint could not be saved, or the handler did not return. Then the events
     * since the last checkpoint are handled again. A handler that does not return within {@link
     * SubscriptionOptions#closeTimeout} is interrupted; if it does not return then either, it is abandoned.
     *
     * <p>When the subscription's own handler or listener calls this method, it does not wait: the subscription ends after
     * the handler or listener returned. Does nothing the second time.
     */
    @Override
    void close();
}
