package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.BrokenHandling.DONE;
import static io.headwater.verification.mutants.Mutant.ofHandler;
import static io.headwater.verification.mutants.Mutant.ofOptions;
import static io.headwater.verification.mutants.Mutant.ofStore;
import static io.headwater.verification.mutants.Mutant.ofSubscribe;
import static io.headwater.verification.mutants.Mutant.ofSubscription;
import static io.headwater.verification.mutants.StateMutants.ofMisdeed;

import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Subscriptions that do not end, end too early, or stand in the way of others (S5 to S8). */
final class EndingMutants {
    private static final Duration LATE = Duration.ofMillis(150);

    static final List<Mutant> ALL = List.of(
            ofMisdeed("a closed subscription goes on", EndingMutants::closedInName, "S7.1"),
            ofSubscription(
                    "close does not wait for the handler",
                    "close",
                    (sound, args) -> {
                        sound.closeAsync();
                        return null;
                    },
                    "S7.2"),
            ofSubscription("close does nothing", "close", (sound, args) -> null, "S7.2", "S7.3", "S7.8"),
            ofStore(
                    "closing a store does nothing",
                    store -> altered(EventStore.class, store, "close", args -> null),
                    "L2.2",
                    "S7.4",
                    "S7.5",
                    "S7.6"),
            ofSubscribe(
                    "a subscription leaves a thread behind",
                    (store, options, handler) -> {
                        Thread thread = new Thread(() -> park(new CountDownLatch(1)), "leaked");
                        thread.setDaemon(true);
                        thread.start();
                        return store.subscribeAsync(options, handler);
                    },
                    "S7.7"),
            ofHandler("what a handler throws is not seen", handler -> events -> unseen(handler, events), "S7.8"),
            ofOptions("a handler is never interrupted", options -> options.closeTimeout(Duration.ofDays(1)), "S7.9"),
            ofSubscribe("after a lost connection nothing is handled", EndingMutants::giveUp, "S5.1", "S5.2", "S5.3"),
            ofStore("handlers and appends take turns", EndingMutants::takingTurns, "S6.1"),
            ofStore("handlers of all subscriptions take turns", EndingMutants::handlingInTurns, "S6.2"),
            ofOptions("the buffer has no bound", options -> options.buffer(1_000_000), "S6.3"),
            ofHandler("handlers are called late", handler -> events -> late(handler, events), "S8.1"));

    private EndingMutants() {}

    private static void park(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Subscription closedInName(
            EventStore store, SubscriptionOptions options, AsyncBatchHandler handler, Runnable happened) {
        AtomicBoolean closed = new AtomicBoolean();
        Subscription sound = store.subscribeAsync(options, events -> {
            boolean wrong = closed.get();
            CompletionStage<?> stage = handler.handle(events);
            if (wrong) {
                happened.run();
            }
            return stage;
        });
        return altered(Subscription.class, sound, "close", args -> {
            closed.set(true);
            return null;
        });
    }

    private static CompletionStage<?> unseen(AsyncBatchHandler handler, List<RecordedEvent> events) {
        try {
            return handler.handle(events);
        } catch (Exception e) {
            return DONE;
        }
    }

    private static Subscription giveUp(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        AtomicBoolean lost = new AtomicBoolean();
        SubscriptionListener noticing =
                altered(SubscriptionListener.class, options.listener(), "stateChanged", args -> {
                    lost.compareAndSet(false, args[1] == SubscriptionState.RETRYING);
                    return null;
                });
        return store.subscribeAsync(
                options.listener(noticing), events -> lost.get() ? BrokenHandling.DONE : handler.handle(events));
    }

    private static EventStore handlingInTurns(EventStore store) {
        return handlingInTurns(store, new ReentrantLock());
    }

    private static EventStore handlingInTurns(EventStore store, Lock turn) {
        return altered(EventStore.class, store, "subscribeAsync", args -> {
            AsyncBatchHandler handler = (AsyncBatchHandler) args[1];
            return store.subscribeAsync((SubscriptionOptions) args[0], events -> {
                turn.lock();
                try {
                    return handler.handle(events);
                } finally {
                    turn.unlock();
                }
            });
        });
    }

    /** One turn for the handler that runs, and for a thread that appends. */
    private static EventStore takingTurns(EventStore store) {
        Lock turn = new ReentrantLock();
        return altered(EventStore.class, handlingInTurns(store, turn), "append", args -> {
            turn.lock();
            try {
                return store.append((AppendRequest) args[0]);
            } finally {
                turn.unlock();
            }
        });
    }

    private static CompletionStage<?> late(AsyncBatchHandler handler, List<RecordedEvent> events) throws Exception {
        LockSupport.parkNanos(LATE.toNanos());
        return handler.handle(events);
    }
}
