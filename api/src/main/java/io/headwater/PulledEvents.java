package io.headwater;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds the one event that the application works on, or has yet to fetch; the engine waits until it is acknowledged. */
final class PulledEvents implements PullSubscription, AsyncBatchHandler {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Subscription subscription;
    private @Nullable Offer offer;
    private boolean over;

    /** An event, and the stage that tells the engine that it is handled. */
    private static final class Offer {
        final RecordedEvent event;
        final CompletableFuture<Void> handled = new CompletableFuture<>();
        boolean taken;

        Offer(RecordedEvent event) {
            this.event = event;
        }
    }

    private PulledEvents(EventStore store, SubscriptionOptions options) {
        subscription = store.subscribeAsync(options, this);
    }

    static PullSubscription start(EventStore store, SubscriptionOptions options) {
        ArgumentChecks.notNull(options, "options");
        ArgumentChecks.that(options.parallelism() == 1, "events are pulled in order: parallelism must be 1");
        PulledEvents pulled = new PulledEvents(store, options.batchSize(1));
        pulled.subscription.completion().whenComplete((closed, failure) -> pulled.end());
        return pulled;
    }

    @Override
    public CompletionStage<?> handle(List<RecordedEvent> events) {
        Offer next = new Offer(events.get(0));
        locked(() -> offer = next);
        return next.handled;
    }

    private void end() {
        locked(() -> over = true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RecordedEvent> next(Duration timeout) {
        ArgumentChecks.duration(timeout, "timeout");
        acknowledge();
        lock.lock();
        try {
            return awaitOffer(timeout.toNanos()) ? Optional.of(take()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitOffer(long nanos) throws InterruptedException {
        long left = nanos;
        while (offer == null || offer.taken) {
            if (over) {
                throw ended();
            }
            if (left <= 0) {
                return false;
            }
            left = changed.awaitNanos(left);
        }
        return true;
    }

    private RecordedEvent take() {
        Offer current = ArgumentChecks.notNull(offer, "offer");
        current.taken = true;
        return current.event;
    }

    private SubscriptionEnded ended() {
        try {
            subscription.completion().toCompletableFuture().join();
            return new SubscriptionEnded("the subscription was closed", null);
        } catch (CompletionException e) {
            return new SubscriptionEnded("the subscription failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void acknowledge() {
        Offer current;
        lock.lock();
        try {
            current = offer;
            if (current == null || !current.taken) {
                return;
            }
            offer = null;
        } finally {
            lock.unlock();
        }
        current.handled.complete(null);
    }

    /** What was not acknowledged is not handled, and will be delivered again. */
    @Override
    public void withdraw() {
        locked(() -> {
            if (offer != null) {
                offer.handled.completeExceptionally(new CancellationException("it was not acknowledged"));
                offer = null;
            }
        });
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        return subscription.closeAsync();
    }

    @Override
    public void close() {
        subscription.close();
    }

    @Override
    public Optional<String> name() {
        return subscription.name();
    }

    @Override
    public SubscriptionState state() {
        return subscription.state();
    }

    @Override
    public Position position() {
        return subscription.position();
    }

    @Override
    public SubscriptionLag lag() {
        return subscription.lag();
    }

    @Override
    public boolean awaitPosition(Position position, Duration timeout) {
        return subscription.awaitPosition(position, timeout);
    }

    @Override
    public boolean awaitLive(Duration timeout) {
        return subscription.awaitLive(timeout);
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        return subscription.awaitClosed(timeout);
    }

    @Override
    public void pause() {
        subscription.pause();
    }

    @Override
    public void resume() {
        subscription.resume();
    }

    @Override
    public CompletionStage<Void> completion() {
        return subscription.completion();
    }

    @Override
    public String toString() {
        return "Pull" + subscription;
    }
}
