package io.headwater.internal.subscription.delivery;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.delivery.InFlightBatch.Outcome;
import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.internal.subscription.schedule.SerialTask;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler for the events of its streams, one batch after the other. The only one to do so for these streams, which
 * is what keeps their order (S2).
 */
final class Lane {
    private static final Duration STORE_RETRY = Duration.ofMillis(500);

    private final SubscriptionOptions options;
    private final Gate gate;
    private final FailureHandling failures;
    private final AuditLedger ledger;
    private final SerialTask task;
    private final LaneQueue queue;
    private final int signalEvery;
    private final LaneReplays replays;
    private final InFlightBatch inFlight;
    private final HandlerThread thread = new HandlerThread();

    private volatile boolean handling;
    private volatile boolean idle = true;
    private volatile boolean replaying;
    private volatile boolean retrying;
    private volatile boolean halted;

    // Of the task alone.
    private int attempts;
    private int oneByOne;
    private int unsignalled;

    Lane(
            SubscriptionOptions options,
            SafeHandler handler,
            Gate gate,
            FailureHandling failures,
            AuditLedger ledger,
            EngineThreads threads,
            LaneQueue queue,
            int signalEvery) {
        this.options = options;
        this.gate = gate;
        this.failures = failures;
        this.ledger = ledger;
        this.queue = queue;
        this.signalEvery = signalEvery;
        this.task = threads.serial(this::work);
        this.replays = new LaneReplays(failures);
        this.inFlight = new InFlightBatch(handler, gate, threads, task::signal);
    }

    LaneQueue queue() {
        return queue;
    }

    /** Something was queued, or the gate opened. */
    void signal() {
        task.signal();
    }

    void replay(StreamId stream) {
        replays.want(stream);
        signal();
    }

    /** Whether the handler is not at work, nor will be before the gate is found open again. */
    boolean isQuiet() {
        return !handling;
    }

    /** Whether it has something to do and does nothing, nor waits for anything: it found the gate closed. */
    boolean isStalled() {
        return idle && (replaying || queue.unfinished() != null);
    }

    boolean isRetrying() {
        return retrying;
    }

    boolean isRunBy(Thread other) {
        return thread.is(other);
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Says that it is at work before it looks at the gate: whoever closes that looks at them the other way round. */
    private void work() {
        handling = true;
        idle = false;
        thread.enter();
        try {
            settle();
            while (inFlight.isEmpty() && mayGoOn() && begin()) {
                settle();
            }
        } catch (RuntimeException | Error e) {
            halted = true;
            inFlight.clear();
            gate.fail(e);
        } finally {
            thread.leave();
            replaying = replays.isWanted();
            idle = inFlight.isEmpty();
            handling = inFlight.isHandling();
        }
        gate.signal();
    }

    private boolean mayGoOn() {
        return gate.isOpen() || (!isStuck() && queue.isBehind(gate.drainTo()));
    }

    /** Whether it cannot come up to the others before the end. */
    boolean isStuck() {
        return halted || retrying;
    }

    boolean isDrained() {
        return isStuck() || !queue.isBehind(gate.drainTo());
    }

    private boolean isDraining() {
        return gate.drainTo().isAfter(Position.START);
    }

    /** Ends the batch that was waited for, if there is one and it is over. */
    private void settle() {
        inFlight.take().filter(over -> !over.outcome().again()).ifPresent(over -> {
            try {
                settle(over.events(), over.outcome().failure());
            } catch (EventStoreException e) {
                waitForStore(e, over.events(), over.outcome());
            }
        });
    }

    private void settle(List<RecordedEvent> events, @Nullable Throwable failure) {
        if (failure == null) {
            handled(events);
        } else if (gate.isStopped()) {
            failures.atTheEnd(events.get(0), failure);
            halted = true;
        } else {
            failed(events, failure);
        }
    }

    /** Begins the next batch, or does what comes before it. False if there is nothing to do, or nothing can be done now. */
    private boolean begin() {
        try {
            if (attempts == 0 && !isDraining()) {
                replays.begin();
            }
            return (replays.isUnderWay() && !isDraining()) ? replayNext() : beginNext();
        } catch (EventStoreException e) {
            waitForStore(e, List.of(), Outcome.AGAIN);
            return false;
        }
    }

    private boolean replayNext() {
        replays.next().ifPresentOrElse(event -> inFlight.call(List.of(event)), () -> retrying = false);
        return true;
    }

    /** What is replayed when the end comes stays parked until the next beginning, and what is queued behind it parks. */
    private boolean beginNext() {
        replays.leave();
        Position limit = gate.isOpen() ? Position.END : gate.drainTo();
        List<RecordedEvent> next = queue.next(oneByOne > 0 ? 1 : options.batchSize(), limit, failures::isParked);
        if (next.isEmpty()) {
            retrying = false;
            return false;
        }
        if (failures.isParked(next.get(0).stream())) {
            return parkBehind(next);
        }
        inFlight.call(next);
        return true;
    }

    private boolean parkBehind(List<RecordedEvent> events) {
        boolean parked = failures.parkBehind(events.get(0));
        if (parked) {
            leftOut(events);
        } else {
            halted = gate.isStopped();
        }
        return parked;
    }

    /** What the handler was given goes to the ledger, not what is taken out of the queue: they must turn out the same. */
    private void handled(List<RecordedEvent> events) {
        if (!replays.isUnderWay()) {
            ledger.handled(events);
        }
        done(events);
    }

    private void leftOut(List<RecordedEvent> events) {
        if (!replays.isUnderWay()) {
            ledger.leftOut(events.get(0));
        }
        done(events);
    }

    private void done(List<RecordedEvent> events) {
        if (replays.isUnderWay()) {
            replays.done(events.get(0));
        } else {
            oneByOne = Math.max(0, oneByOne - events.size());
            finish(events);
        }
        attempts = 0;
        retrying = false;
    }

    private void finish(List<RecordedEvent> events) {
        queue.finish(events);
        unsignalled += events.size();
        if (unsignalled >= signalEvery) {
            unsignalled = 0;
            gate.signal();
        }
    }

    private void failed(List<RecordedEvent> events, Throwable failure) {
        int attempt = attempts + 1;
        if (attempt <= options.onFailure().retries()) {
            attempts = attempt;
            failures.retrying(events.get(0), attempt, failure);
            waitFor(events, failures.delayNanos(attempt), Outcome.AGAIN);
        } else if (events.size() > 1 && failures.leavesOut()) {
            oneByOne = events.size();
            attempts = 0;
        } else if (failures.giveUp(events.get(0), attempt, failure, replays.isUnderWay())) {
            leave(events);
        }
    }

    private void leave(List<RecordedEvent> events) {
        if (replays.isUnderWay() && failures.parks()) {
            replays.giveUp();
            attempts = 0;
            retrying = false;
        } else {
            leftOut(events);
        }
    }

    private void waitForStore(EventStoreException failure, List<RecordedEvent> events, Outcome then) {
        if (failure.retry() == Retry.NEVER) {
            throw failure;
        }
        waitFor(events, STORE_RETRY.toNanos(), then);
    }

    private void waitFor(List<RecordedEvent> events, long nanos, Outcome then) {
        retrying = true;
        inFlight.rest(events, nanos, then);
    }
}
