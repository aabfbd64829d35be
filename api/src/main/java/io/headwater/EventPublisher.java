package io.headwater;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Starts a subscription for each subscriber. Numbers in brackets are rules of Reactive Streams 1.0.4. */
final class EventPublisher implements Flow.Publisher<RecordedEvent> {
    private final EventStore store;
    private final SubscriptionOptions options;

    EventPublisher(EventStore store, SubscriptionOptions options) {
        ArgumentChecks.notNull(options, "options");
        ArgumentChecks.that(options.parallelism() == 1, "a publisher's events are in order: parallelism must be 1");
        this.store = store;
        this.options = options.batchSize(1).onFailure(FailurePolicy.stop());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super RecordedEvent> subscriber) {
        Demand demand = new Demand(Objects.requireNonNull(subscriber, "subscriber")); // [1.9]
        subscriber.onSubscribe(demand);
        try {
            demand.start(store, options);
        } catch (EventStoreException e) {
            subscriber.onError(e); // [1.4]
        }
    }

    /** What a subscriber asked for, and the event that waits until it asks for more. */
    private static final class Demand implements Flow.Subscription, AsyncBatchHandler {
        private final Flow.Subscriber<? super RecordedEvent> subscriber;
        private @Nullable Subscription subscription;
        private @Nullable CompletableFuture<Void> waiting;
        private long requested;
        private boolean cancelled;
        private @Nullable Throwable violation;

        Demand(Flow.Subscriber<? super RecordedEvent> subscriber) {
            this.subscriber = subscriber;
        }

        void start(EventStore store, SubscriptionOptions options) {
            if (isCancelled()) {
                over(null);
                return;
            }
            Subscription started = store.subscribeAsync(options, this);
            started.completion().whenComplete((closed, failure) -> over(cause(failure)));
            synchronized (this) {
                subscription = started;
            }
            if (isCancelled()) {
                started.closeAsync();
            }
        }

        /** A stage that follows another one is told of that one's failure as the cause of its own. */
        private static @Nullable Throwable cause(@Nullable Throwable failure) {
            return failure instanceof CompletionException ? failure.getCause() : failure;
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private void over(@Nullable Throwable failure) {
            Throwable reason;
            synchronized (this) {
                if (cancelled && violation == null) {
                    return;
                }
                cancelled = true;
                reason = violation == null ? failure : violation;
            }
            subscriber.onError(
                    reason == null ? new SubscriptionEnded("the store was closed", null) : reason); // [1.4, 3.9]
        }

        @Override
        public CompletionStage<?> handle(List<RecordedEvent> events) {
            RecordedEvent event = events.get(0);
            synchronized (this) {
                if (cancelled) {
                    return CompletableFuture.failedStage(new CancellationException("cancelled"));
                }
                if (requested == 0) {
                    waiting = new CompletableFuture<>();
                    return waiting.thenRun(() -> deliver(event));
                }
                requested--;
            }
            deliver(event);
            return Handlers.DONE;
        }

        /** A subscriber that throws breaks [2.13] and counts as cancelled. */
        private void deliver(RecordedEvent event) {
            try {
                subscriber.onNext(event);
            } catch (RuntimeException | Error e) {
                cancel();
                throw e;
            }
        }

        @Override
        public void request(long n) {
            CompletableFuture<Void> served = null;
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                if (n <= 0) {
                    violation =
                            new IllegalArgumentException("requested " + n + " events: rule 3.9 asks for at least 1");
                } else {
                    requested = requested + n < 0 ? Long.MAX_VALUE : requested + n; // [3.17]
                    served = waiting;
                    requested -= served == null ? 0 : 1;
                    waiting = null;
                }
            }
            if (n <= 0) {
                cancel();
            } else if (served != null) {
                served.complete(null);
            }
        }

        @Override
        public void cancel() {
            Subscription closing;
            synchronized (this) {
                cancelled = true;
                closing = subscription;
            }
            if (closing != null) {
                closing.closeAsync();
            }
        }

        @Override
        public void withdraw() {
            CompletableFuture<Void> unserved;
            synchronized (this) {
                unserved = waiting;
                waiting = null;
            }
            if (unserved != null) {
                unserved.completeExceptionally(new CancellationException("no event was requested"));
            }
        }
    }
}
