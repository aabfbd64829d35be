package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.schedule.EngineThreads;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events that a lane waits for: until the handler has handled them, or until the next attempt. For the lane's task, and for
 * the handler that has the batch.
 */
final class InFlightBatch implements StepwiseBatch {
    private final LaneContext lane;
    private final EngineThreads threads;
    private final Runnable signal;
    private final Consumer<List<RecordedEvent>> acknowledge;

    private volatile @Nullable Outcome outcome;
    private volatile List<RecordedEvent> events = List.of();

    /** The number of acknowledged events. The handler changes it before the outcome is set. */
    private int acknowledged;

    private State state = State.NONE;

    private enum State {
        NONE,
        HANDLING,
        RESTING
    }

    /** The outcome of a batch. Without a failure, the events were handled, or are to be delivered again. */
    record Outcome(@Nullable Throwable failure, boolean again) {
        static final Outcome HANDLED = new Outcome(null, false);
        static final Outcome AGAIN = new Outcome(null, true);

        static Outcome of(@Nullable Throwable failure) {
            return failure == null ? HANDLED : failure instanceof GivenBack ? AGAIN : new Outcome(failure, false);
        }
    }

    /** The outcome of a batch, and its events without those that were acknowledged. */
    record Over(List<RecordedEvent> events, Outcome outcome) {}

    /**
     * Creates an instance without a batch.
     *
     * @param signal is called when there is an outcome
     * @param acknowledge is called for events that are acknowledged before
     */
    InFlightBatch(LaneContext lane, Runnable signal, Consumer<List<RecordedEvent>> acknowledge) {
        this.lane = lane;
        this.threads = lane.delivery().threads();
        this.signal = signal;
        this.acknowledge = acknowledge;
    }

    /**
     * Calls the handler, then reads the permit. Code that stops the run does the reverse, so one of the two withdraws the batch.
     */
    void call(List<RecordedEvent> batch) {
        begin(batch, State.HANDLING);
        if (lane.handler().call(this, failure -> end(Outcome.of(failure)))) {
            outcome = Outcome.HANDLED;
        } else if (outcome == null && lane.permit().isStopped()) {
            lane.handler().withdraw();
        }
    }

    /** Waits without holding a thread. Then the events are tried again, or only their outcome is recorded. */
    void rest(List<RecordedEvent> batch, long nanos, Outcome then) {
        begin(batch, State.RESTING);
        threads.later(nanos, () -> end(then));
    }

    private void begin(List<RecordedEvent> batch, State next) {
        acknowledged = 0;
        events = batch;
        state = next;
    }

    private void end(Outcome reached) {
        outcome = reached;
        signal.run();
    }

    @Override
    public List<RecordedEvent> events() {
        return events;
    }

    @Override
    public boolean mayHandleNext() {
        return lane.permit().isOpen();
    }

    @Override
    public void acknowledgeNext() {
        RecordedEvent event = events.get(acknowledged);
        acknowledged++;
        acknowledge.accept(List.of(event));
    }

    boolean isEmpty() {
        return state == State.NONE;
    }

    boolean isResting() {
        return state == State.RESTING;
    }

    /** Removes the batch and returns it, if there is an outcome. */
    Optional<Over> take() {
        Outcome reached = outcome;
        if (reached == null || state == State.NONE) {
            return Optional.empty();
        }
        List<RecordedEvent> rest = acknowledged == 0 ? events : events.subList(acknowledged, events.size());
        outcome = null;
        clear();
        return Optional.of(new Over(rest, reached));
    }

    /** Removes the batch. */
    void clear() {
        state = State.NONE;
        events = List.of();
    }
}
