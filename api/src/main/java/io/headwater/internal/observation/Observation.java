package io.headwater.internal.observation;

import io.headwater.AppendOutcome;
import io.headwater.EventStoreListener;
import io.headwater.EventStoreListener.Operation;
import io.headwater.OperationResult;
import io.headwater.OperationResult.Outcome;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The listener of a store, whose failures do not reach what it observes. Thread-safe. */
public final class Observation {
    private static final Operation UNOBSERVED = result -> {};

    private final String backend;
    private final @Nullable EventStoreListener listener;

    /** Of a store of this backend; no listener observes nothing. */
    public Observation(String backend, @Nullable EventStoreListener listener) {
        this.backend = backend;
        this.listener = listener == null ? null : EventStoreListener.of(List.of(listener));
    }

    /** Whether there is a listener. Without one, the other methods need not be called. */
    public boolean isActive() {
        return listener != null;
    }

    /**
     * Makes a call, and reports it.
     *
     * @param input what the operation appends: a request or a list of them; anything else counts as nothing
     */
    public <T> T of(String operation, @Nullable StreamId stream, @Nullable Object input, Supplier<T> call) {
        Operation observed = started(operation);
        long start = System.nanoTime();
        T answer;
        try {
            answer = call.get();
        } catch (Throwable e) {
            observed.ended(result(operation, stream, System.nanoTime() - start, input, e));
            throw e;
        }
        observed.ended(result(operation, stream, System.nanoTime() - start, input, answer));
        return answer;
    }

    private Operation started(String operation) {
        EventStoreListener told = listener;
        return told == null ? UNOBSERVED : told.operationStarted(backend, operation);
    }

    private OperationResult result(
            String operation, @Nullable StreamId stream, long nanos, @Nullable Object input, @Nullable Object answer) {
        Optional<Throwable> failure = answer instanceof Throwable thrown ? Optional.of(thrown) : Optional.empty();
        Volume volume = Volume.appended(input).and(Volume.read(answer));
        return new OperationResult(
                backend,
                operation,
                Optional.ofNullable(stream),
                Duration.ofNanos(nanos),
                volume.events(),
                volume.bytes(),
                failure.isPresent() ? Outcome.FAILED : outcome(answer),
                failure);
    }

    private static Outcome outcome(@Nullable Object answer) {
        if (answer instanceof AppendOutcome.Conflict) {
            return Outcome.CONFLICT;
        }
        return answer instanceof AppendOutcome.Appended appended
                        && appended.first().replayed()
                ? Outcome.REPEATED
                : Outcome.SUCCEEDED;
    }

    /** Reports a subscription that begins. */
    public void started(Subscription subscription) {
        if (listener != null) {
            listener.subscriptionStarted(subscription);
        }
    }

    /** The listener of a subscription, which reports to that of the store, too. */
    public SubscriptionListener of(Subscription subscription, SubscriptionListener own) {
        return listener == null ? own : new ObservedSubscription(listener, subscription, own);
    }
}
