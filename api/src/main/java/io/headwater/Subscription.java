package io.headwater;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A running subscription, from {@link EventStore#subscribe}. Thread-safe.
 *
 * <p>It reconnects by itself while the store cannot be reached (S5), and holds no thread while there is nothing to do.
 *
 * <p>The threads that call handlers and listeners are daemons: they do not keep the process alive. A {@code main} method that
 * only subscribes returns and ends the process; let it wait with {@link #awaitClosed()}.
 */
public interface Subscription extends AutoCloseable {

    /** Its name; empty for an ephemeral one. */
    Optional<String> name();

    SubscriptionState state();

    /** Everything up to here that passes the filter is handled, skipped or parked. */
    Position position();

    /** How far it is behind. Reads from the store, up to {@link SubscriptionLag#MAX_COUNTED} events. */
    SubscriptionLag lag();

    /**
     * Waits until everything up to this position is handled, so that a writer can read its own writes in what the handler
     * made of them (G8).
     *
     * @return false if that took longer than the timeout
     * @throws SubscriptionEnded if the subscription ended before
     * @throws OperationInterrupted if the thread was interrupted
     */
    boolean awaitPosition(Position position, Duration timeout);

    /**
     * Waits until it is {@link SubscriptionState#LIVE}. Returns and throws as {@link #awaitPosition}.
     */
    boolean awaitLive(Duration timeout);

    /**
     * Waits until the subscription is closed, by a call of {@link #close()} or with its store.
     *
     * @return false if that took longer than the timeout
     * @throws SubscriptionEnded if the subscription failed, before or meanwhile; its cause is what {@link #completion()} has
     * @throws OperationInterrupted if the thread was interrupted; the subscription goes on
     * @throws InvalidRequest if it is called by the handler or the listener of the subscription, which would wait for itself
     */
    boolean awaitClosed(Duration timeout);

    /** As {@link #awaitClosed(Duration)}, for as long as it takes. */
    default void awaitClosed() {
        boolean closed;
        do {
            closed = awaitClosed(ChronoUnit.FOREVER.getDuration());
        } while (!closed);
    }

    /**
     * Begins no further call of the handler until {@link #resume()}, also when it is closed meanwhile; one under way ends. Keeps
     * the lease.
     */
    void pause();

    /** Goes on after {@link #pause()}. */
    void resume();

    /**
     * Completes when the subscription is over: normally when it was closed, exceptionally with the {@link EventStoreException}
     * that ended it, which is a {@link SubscriptionEnded} when a handler failed; as with any stage, those that follow get it as
     * the cause of a {@link java.util.concurrent.CompletionException}.
     */
    CompletionStage<Void> completion();

    /** Begins to close, and does not wait. {@link #completion()} tells when it is done. */
    CompletionStage<Void> closeAsync();

    /**
     * Ends the subscription: calls of the handler under way are waited for, streams that are behind others come up to them
     * unless one fails or it pauses, the checkpoint is saved and the lease given back. After that the handler is not called
     * again (S7). A durable subscription of the same name goes on from there and repeats nothing; what was handled since the
     * last checkpoint comes again only if the lease was lost, this one could not be saved, or the handler was left behind.
     * A handler that takes longer than {@link SubscriptionOptions#closeTimeout} is interrupted, and
     * after that left behind. From inside its own handler or listener it does not wait: the subscription ends when that
     * returns.
     * Does nothing the second time.
     */
    @Override
    void close();
}
