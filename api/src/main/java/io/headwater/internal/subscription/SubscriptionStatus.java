package io.headwater.internal.subscription;

import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.delivery.HandledPosition;
import io.headwater.internal.subscription.schedule.EngineThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a subscription stands, for those who ask and those who wait. Thread-safe. */
final class SubscriptionStatus {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionStatus.class);

    private final String title;
    private final SubscriptionListener listener;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Thread> telling = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiters = new AtomicInteger();
    private volatile SubscriptionState state = SubscriptionState.STARTING;
    private volatile HandledPosition handled = HandledPosition.upTo(Position.START);
    private volatile @Nullable Throwable failure;

    SubscriptionStatus(String title, SubscriptionListener listener) {
        this.title = title;
        this.listener = listener;
    }

    SubscriptionState state() {
        return state;
    }

    Position position() {
        return handled.position();
    }

    boolean reaches(Position target) {
        return handled.reaches(target);
    }

    CompletableFuture<Void> completion() {
        return completion;
    }

    void handledBy(HandledPosition source) {
        handled = source;
        moved();
    }

    /** Wakes threads that wait for a change. Costs next to nothing when there are none. */
    void moved() {
        if (waiters.get() > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Also tells those who wait for a position: it moves when a page is read that holds nothing for any lane. */
    void enter(SubscriptionState next) {
        moved();
        SubscriptionState former = state;
        if (former == next || former.isFinal()) {
            return;
        }
        state = next;
        moved();
        tell(told -> told.stateChanged(former, next));
    }

    void caughtUp(Position end) {
        tell(told -> told.caughtUp(end));
    }

    /** A listener's mistake is its own, errors and checked exceptions that were not declared included. */
    void tell(Consumer<SubscriptionListener> call) {
        EngineThreads.releaseNext();
        telling.add(Thread.currentThread());
        try {
            call.accept(listener);
        } catch (Throwable e) {
            LOG.warn("a listener of {} failed", title, e);
        } finally {
            telling.remove(Thread.currentThread());
        }
    }

    /** Whether the caller is inside the listener. */
    boolean isTelling() {
        return telling.contains(Thread.currentThread());
    }

    /** Sets the reason before the state, so that a thread that sees the failed state finds the reason. */
    void end(@Nullable Throwable reason) {
        handled = HandledPosition.upTo(position());
        failure = reason;
        enter(reason == null ? SubscriptionState.CLOSED : SubscriptionState.FAILED);
        if (reason == null) {
            completion.complete(null);
        } else {
            completion.completeExceptionally(reason);
        }
        moved();
    }

    /** Waits until this holds; false if that took too long. */
    boolean await(BooleanSupplier condition, Duration timeout) {
        long left = nanos(timeout);
        waiters.incrementAndGet();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                refuseWhenOver();
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }

    /** As many as can be counted, which is some centuries. */
    private static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    private void refuseWhenOver() {
        if (state == SubscriptionState.CLOSED) {
            throw new SubscriptionEnded(title + " was closed at position " + position(), null);
        }
        if (state == SubscriptionState.FAILED) {
            throw new SubscriptionEnded(title + " failed at position " + position(), failure);
        }
    }
}
