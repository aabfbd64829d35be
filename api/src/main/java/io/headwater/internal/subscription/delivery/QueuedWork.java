package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.List;

/** Events that were read from the log, in batches. For the lane's task, or for the handler that has the lane's batch. */
final class QueuedWork implements LaneWork {
    private final LaneContext lane;
    private final LaneQueue queue;
    private final FailureHandling failures;
    private int oneByOne;
    private int unreported;

    QueuedWork(LaneContext lane, LaneQueue queue) {
        this.lane = lane;
        this.queue = queue;
        this.failures = lane.delivery().failures();
    }

    @Override
    public List<RecordedEvent> next() {
        RunPermit permit = lane.permit();
        Position limit = permit.isOpen() ? Position.END : permit.drainTo();
        return queue.next(oneByOne > 0 ? 1 : lane.delivery().options().batchSize(), limit, failures::isParked);
    }

    /** Delivers the next events one by one after a batch failed, to find the event that cannot be handled. */
    void divide(List<RecordedEvent> batch) {
        oneByOne = batch.size();
    }

    /** Returns whether the next event has to be parked behind parked events of its stream. */
    boolean isBehindParked(List<RecordedEvent> next) {
        return failures.isParked(next.get(0).stream());
    }

    /** Parks the next event. Returns false if the subscription ends, or its lease was lost. */
    boolean park(RecordedEvent event) {
        boolean parked = failures.parkBehind(event);
        if (parked) {
            leftOut(event);
        }
        return parked;
    }

    /**
     * Records in the ledger the events that were given to the handler, and not those that are removed from the queue: an audit
     * shows if they differ.
     */
    @Override
    public void handled(List<RecordedEvent> events) {
        lane.delivery().ledger().handled(events);
        finish(events);
    }

    @Override
    public boolean giveUp(RecordedEvent event, int attempts, Throwable failure) {
        boolean goesOn = failures.giveUp(event, attempts, failure, false);
        if (goesOn) {
            leftOut(event);
        }
        return goesOn;
    }

    private void leftOut(RecordedEvent event) {
        lane.delivery().ledger().leftOut(event);
        finish(List.of(event));
    }

    private void finish(List<RecordedEvent> events) {
        oneByOne = Math.max(0, oneByOne - events.size());
        queue.finish(events);
        unreported += events.size();
        if (unreported >= lane.notifyEvery()) {
            unreported = 0;
            lane.delivery().listener().changed();
        }
    }
}
