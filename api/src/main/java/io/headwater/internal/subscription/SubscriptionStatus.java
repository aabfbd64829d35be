package io.headwater.internal.subscription;

import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.delivery.HandledPosition;
import io.headwater.internal.subscription.schedule.EngineThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state and position of a subscription, for threads that read them or wait for a change. Thread-safe. */
final class SubscriptionStatus {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionStatus.class);

    private final String title;
    private final SubscriptionListener listener;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final Collection<Waiter> waiters = new CopyOnWriteArrayList<>();
    private final Set<Thread> telling = ConcurrentHashMap.newKeySet();
    private volatile SubscriptionState state = SubscriptionState.STARTING;
    private volatile HandledPosition handled = HandledPosition.upTo(Position.START);
    private volatile @Nullable Throwable failure;

    SubscriptionStatus(String title, SubscriptionListener listener) {
        this.title = title;
        this.listener = listener;
    }

    /**
     * A thread that waits for a condition. The threads that change the state or the position check the condition, so that the
     * waiting thread wakes once.
     */
    private final class Waiter {
        private final BooleanSupplier condition;
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean met;

        Waiter(BooleanSupplier condition) {
            this.condition = condition;
        }

        /**
         * Releases the thread if the condition is met. In a final state nothing changes any more, so the thread is released in
         * any case.
         */
        void check() {
            boolean isFinal = state.isFinal();
            if (condition.getAsBoolean()) {
                met = true;
            }
            if (met || isFinal) {
                released.countDown();
            }
        }

        /** Returns false if the condition was not met in time. */
        boolean await(Duration timeout) throws InterruptedException {
            if (released.getCount() > 0
                    && !released.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
                return false;
            }
            if (!met) {
                throw over();
            }
            return true;
        }
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

    /** Releases the threads whose condition is met now. Reads one field if no thread waits. */
    void moved() {
        if (!waiters.isEmpty()) {
            waiters.forEach(Waiter::check);
        }
    }

    /**
     * Changes the state. Also checks conditions on the position, which changes when a page is read that has no event for any
     * lane.
     */
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

    /** Calls the listener. Whatever the listener throws is logged, including errors and undeclared checked exceptions. */
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

    /** Returns whether the calling thread is inside the listener. */
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

    /**
     * Waits until a condition on the state or the position holds. Returns false if that took too long.
     *
     * @param condition does not block; called by any thread
     */
    boolean await(BooleanSupplier condition, Duration timeout) {
        Waiter waiter = new Waiter(condition);
        waiters.add(waiter);
        try {
            waiter.check();
            return waiter.await(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        } finally {
            waiters.remove(waiter);
        }
    }

    private SubscriptionEnded over() {
        return state == SubscriptionState.CLOSED
                ? new SubscriptionEnded(title + " was closed at position " + position(), null)
                : new SubscriptionEnded(title + " failed at position " + position(), failure);
    }
}
