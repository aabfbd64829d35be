package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.schedule.EngineThreads;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events that a lane waits for: until the handler is done with them, or for a while until they are tried again. For the
 * lane's task.
 */
final class InFlightBatch {
    private final SafeHandler handler;
    private final Gate gate;
    private final EngineThreads threads;
    private final Runnable signal;

    private volatile @Nullable Outcome outcome;
    private @Nullable List<RecordedEvent> events;
    private boolean resting;

    /** What became of them; no failure means handled, or to be tried again. */
    record Outcome(@Nullable Throwable failure, boolean again) {
        static final Outcome HANDLED = new Outcome(null, false);
        static final Outcome AGAIN = new Outcome(null, true);
    }

    /** Events that are waited for no longer, and what became of them. */
    record Over(List<RecordedEvent> events, Outcome outcome) {}

    /** Nothing; the signal is given when there is an outcome. */
    InFlightBatch(SafeHandler handler, Gate gate, EngineThreads threads, Runnable signal) {
        this.handler = handler;
        this.gate = gate;
        this.threads = threads;
        this.signal = signal;
    }

    /** Calls the handler. Whoever stops the delivery looks for what is waited for after that; here it is the other way round. */
    void call(List<RecordedEvent> batch) {
        events = batch;
        if (handler.call(batch, this::end)) {
            outcome = Outcome.HANDLED;
        } else if (outcome == null && gate.isStopped()) {
            handler.withdraw();
        }
    }

    private void end(@Nullable Throwable failure) {
        outcome = failure == null ? Outcome.HANDLED : new Outcome(failure, false);
        signal.run();
    }

    /** Goes on after a while, without holding a thread: tries the same events again, or only writes down what became of them. */
    void rest(List<RecordedEvent> batch, long nanos, Outcome then) {
        resting = true;
        events = batch;
        threads.later(nanos, () -> {
            outcome = then;
            signal.run();
        });
    }

    boolean isEmpty() {
        return events == null;
    }

    boolean isHandling() {
        return events != null && !resting;
    }

    /** What is over, if anything is. */
    Optional<Over> take() {
        Outcome reached = outcome;
        List<RecordedEvent> batch = events;
        if (reached == null || batch == null) {
            return Optional.empty();
        }
        outcome = null;
        clear();
        return Optional.of(new Over(batch, reached));
    }

    /** Waits for nothing any more. */
    void clear() {
        events = null;
        resting = false;
    }
}
