package io.headwater.internal.subscription;

import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionLag;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.delivery.StepwiseBatch;
import io.headwater.internal.subscription.delivery.StepwiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds the batch from which the application fetches events. A batch costs a hand-over between threads, so it has many events.
 * Each event is acknowledged separately.
 */
final class PulledEvents implements PullSubscription, StepwiseHandler {
    private static final int BATCH = 1000;
    private static final Duration MAX_TIMEOUT = Duration.ofDays(366);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Subscription subscription;

    // Of the lock.
    private @Nullable PulledBatch current;
    private boolean over;

    private PulledEvents(
            SubscriptionOptions options, BiFunction<SubscriptionOptions, StepwiseHandler, Subscription> start) {
        subscription = start.apply(options, this);
    }

    static PullSubscription start(
            SubscriptionOptions options, BiFunction<SubscriptionOptions, StepwiseHandler, Subscription> start) {
        if (options.parallelism() != 1) {
            throw new InvalidRequest("events are pulled in order: parallelism must be 1");
        }
        PulledEvents pulled = new PulledEvents(options.batchSize(BATCH), start);
        pulled.subscription.completion().whenComplete((closed, failure) -> pulled.end());
        return pulled;
    }

    @Override
    public CompletionStage<?> handle(StepwiseBatch batch) {
        PulledBatch next = new PulledBatch(batch);
        locked(() -> current = next);
        return next.end();
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
        check(timeout);
        lock.lock();
        try {
            acknowledgeTaken();
            return awaitEvent(timeout.toNanos())
                    ? Optional.ofNullable(current).map(PulledBatch::take)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        } finally {
            lock.unlock();
        }
    }

    private static void check(@Nullable Duration timeout) {
        if (timeout == null || timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new InvalidRequest("timeout " + timeout + " is not positive and at most 366 days");
        }
    }

    private boolean awaitEvent(long nanos) throws InterruptedException {
        long left = nanos;
        while (!isReady()) {
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

    /**
     * Returns whether an event may be taken. After a pause, or while the lease may be lost, the event is returned unhandled
     * instead.
     */
    private boolean isReady() {
        PulledBatch batch = current;
        if (batch == null || batch.mayTake()) {
            return batch != null;
        }
        giveBack();
        return false;
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
        locked(this::acknowledgeTaken);
    }

    private void acknowledgeTaken() {
        PulledBatch batch = current;
        if (batch != null && batch.isTaken() && batch.acknowledge()) {
            current = null;
        }
    }

    /** Gives back the events that were not acknowledged. They are delivered again. */
    @Override
    public void withdraw() {
        locked(this::giveBack);
    }

    private void giveBack() {
        PulledBatch rest = current;
        current = null;
        if (rest != null) {
            rest.giveBack();
        }
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
