package io.headwater.internal.subscription.delivery;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.internal.subscription.delivery.InFlightBatch.Outcome;
import io.headwater.internal.subscription.delivery.InFlightBatch.Over;
import io.headwater.internal.subscription.schedule.SerialTask;
import java.time.Duration;
import java.util.List;

/**
 * Calls the handler for the events of its streams, one batch after the other. No other lane calls it for these streams, so their
 * order is kept (S2).
 */
final class Lane {
    private static final Duration STORE_RETRY = Duration.ofMillis(500);

    private final LaneContext context;
    private final RunPermit permit;
    private final FailureHandling failures;
    private final LaneQueue queue;
    private final QueuedWork queued;
    private final ReplayWork replays;
    private final InFlightBatch inFlight;
    private final SerialTask task;
    private final HandlerThread thread = new HandlerThread();

    private volatile Phase phase = Phase.IDLE;

    /** Whether the next events failed before. True from the first failure until they are finished. */
    private volatile boolean retrying;

    // Of the task alone.
    private LaneWork work;
    private int attempts;

    private enum Phase {
        /** Has nothing to do, or found the permit closed. */
        IDLE,
        /** Runs on a thread. */
        WORKING,
        /** Waits for the handler. */
        IN_FLIGHT,
        /** Waits for the next attempt. */
        RESTING,
        /** Failed, or found the run at its end. Does not call the handler any more. */
        HALTED
    }

    Lane(LaneContext context) {
        this.context = context;
        this.permit = context.permit();
        this.failures = context.delivery().failures();
        this.queue = new LaneQueue(context.delivery().options().isBatchPerStream());
        this.queued = new QueuedWork(context, queue);
        this.replays = new ReplayWork(failures);
        this.work = queued;
        this.task = context.delivery().threads().serial(this::work);
        this.inFlight = new InFlightBatch(context, task::signal, this::acknowledged);
    }

    LaneQueue queue() {
        return queue;
    }

    /** Makes the lane run, because events were queued or the permit opened. */
    void signal() {
        task.signal();
    }

    /** As {@link #signal}. The lane may run on the calling thread when that has finished its task. */
    void signalNext() {
        task.signalNext();
    }

    void replay(StreamId stream) {
        replays.request(stream);
        signal();
    }

    /** Returns whether the handler is not at work, and will not be before the lane finds the permit open. */
    boolean isQuiet() {
        return phase != Phase.WORKING && phase != Phase.IN_FLIGHT;
    }

    /** Returns whether the lane has something to do but neither works nor waits, because it found the permit closed. */
    boolean isStalled() {
        return phase == Phase.IDLE && (replays.isRequested() || queue.unfinished() != null);
    }

    boolean isRetrying() {
        return retrying;
    }

    /** Returns whether the lane cannot reach the other ones before the end. */
    boolean isStuck() {
        return phase == Phase.HALTED || retrying;
    }

    boolean isDrained() {
        return isStuck() || !queue.isBehind(permit.drainTo());
    }

    boolean isRunBy(Thread other) {
        return thread.is(other);
    }

    void interrupt() {
        thread.interrupt();
    }

    /**
     * Enters the phase before it reads the permit. Code that closes the permit does the reverse, so one of the two sees the
     * other.
     */
    private void work() {
        if (phase != Phase.HALTED) {
            phase = Phase.WORKING;
            thread.enter();
            try {
                handleAll();
                endWork();
            } catch (RuntimeException | Error e) {
                inFlight.clear();
                phase = Phase.HALTED;
                context.failed(e);
            } finally {
                thread.leave();
                phase = next();
            }
        }
        context.delivery().listener().changed();
    }

    /** While the lane still counts as working, so that the end of the run waits for a save that begins here. */
    private void endWork() {
        if (permit.isOpen()) {
            context.handled().run();
        }
    }

    private Phase next() {
        if (phase == Phase.HALTED || inFlight.isEmpty()) {
            return phase == Phase.HALTED ? Phase.HALTED : Phase.IDLE;
        }
        return inFlight.isResting() ? Phase.RESTING : Phase.IN_FLIGHT;
    }

    private void handleAll() {
        settle();
        while (inFlight.isEmpty() && mayGoOn() && begin()) {
            settle();
        }
    }

    private boolean mayGoOn() {
        return permit.isOpen() || (!isStuck() && queue.isBehind(permit.drainTo()));
    }

    /** Settles the batch in flight, if there is one and it has an outcome. */
    private void settle() {
        inFlight.take().filter(over -> !over.outcome().again()).ifPresent(this::settle);
    }

    private void settle(Over over) {
        Throwable failure = over.outcome().failure();
        try {
            if (failure == null) {
                work.handled(over.events());
                done();
            } else if (permit.isStopped()) {
                failures.atTheEnd(over.events().get(0), failure);
                phase = Phase.HALTED;
            } else {
                failed(over.events(), failure);
            }
        } catch (EventStoreException e) {
            waitForStore(e, over.events(), over.outcome());
        }
    }

    /**
     * Begins the next batch, or the work that precedes it. Returns false if there is nothing to do, or nothing can be done now.
     */
    private boolean begin() {
        try {
            work = chooseWork();
            List<RecordedEvent> next = work.next();
            if (next.isEmpty()) {
                retrying = false;
                return work == replays;
            }
            if (work == queued && queued.isBehindParked(next)) {
                return parkBehind(next.get(0));
            }
            inFlight.call(next);
            return true;
        } catch (EventStoreException e) {
            waitForStore(e, List.of(), Outcome.AGAIN);
            return false;
        }
    }

    /**
     * Chooses between queued events and a replay. At the end of a run nothing is replayed: the events remain parked until the
     * next run, and queued events behind them are parked.
     */
    private LaneWork chooseWork() {
        if (permit.isDraining()) {
            replays.leave();
        } else if (attempts == 0) {
            replays.begin();
        }
        return replays.isUnderWay() ? replays : queued;
    }

    private boolean parkBehind(RecordedEvent event) {
        boolean parked = queued.park(event);
        if (parked) {
            done();
        } else if (permit.isStopped()) {
            phase = Phase.HALTED;
        }
        return parked;
    }

    /** Called on the handler's thread while the batch is in flight. The lane's task does not touch the queue during that time. */
    private void acknowledged(List<RecordedEvent> events) {
        queued.handled(events);
        context.delivery().listener().progressed();
    }

    private void done() {
        attempts = 0;
        retrying = false;
    }

    private void failed(List<RecordedEvent> events, Throwable failure) {
        int attempt = attempts + 1;
        RecordedEvent first = events.get(0);
        if (attempt <= context.delivery().options().onFailure().retries()) {
            attempts = attempt;
            failures.retrying(first, attempt, failure);
            waitFor(events, failures.delayNanos(attempt), Outcome.AGAIN);
        } else if (events.size() > 1 && failures.leavesOut()) {
            queued.divide(events);
            attempts = 0;
        } else if (work.giveUp(first, attempt, failure)) {
            done();
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
