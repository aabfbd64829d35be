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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener of a store, whose failures do not reach what it observes. Thread-safe. */
public final class Observation {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);
    private static final Operation UNOBSERVED = result -> {};

    private final String backend;
    private final @Nullable EventStoreListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** Of a store of this backend; no listener observes nothing. */
    public Observation(String backend, @Nullable EventStoreListener listener) {
        this.backend = backend;
        this.listener = listener;
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
        try {
            T answer = call.get();
            long end = System.nanoTime();
            safely(() -> observed.ended(result(operation, stream, end - start, input, answer)));
            return answer;
        } catch (Throwable e) {
            long end = System.nanoTime();
            safely(() -> observed.ended(result(operation, stream, end - start, input, e)));
            throw e;
        }
    }

    private Operation started(String operation) {
        Operation[] observed = {UNOBSERVED};
        safely(told -> observed[0] = told.operationStarted(backend, operation));
        return observed[0];
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
        safely(told -> told.subscriptionStarted(subscription));
    }

    /** The listener of a subscription, which reports to that of the store, too. */
    public SubscriptionListener of(Subscription subscription, SubscriptionListener own) {
        return isActive() ? new ObservedSubscription(this, subscription, own) : own;
    }

    void safely(Consumer<EventStoreListener> call) {
        EventStoreListener told = listener;
        if (told != null) {
            safely(() -> call.accept(told));
        }
    }

    /** A listener's mistake is its own, whatever it throws. One line is enough: it may well fail each time. */
    private void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            if (failed.compareAndSet(false, true)) {
                LOG.warn("the listener of a {} store failed; later failures of it are not logged", backend, e);
            }
        }
    }
}
