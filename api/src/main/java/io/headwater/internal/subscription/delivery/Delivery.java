package io.headwater.internal.subscription.delivery;

import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delivers events during one run of a subscription: distributes the pages to the lanes, and computes the position up to which
 * everything is handled. For the dispatcher's task, unless stated otherwise.
 */
public final class Delivery implements HandledPosition {
    private static final int MAX_PER_PAGE = 1000;

    /** The maximum number of bytes in the buffer. Events may be large; the store limits the bytes of a single page. */
    private static final long MAX_BYTES = 16 << 20;

    /**
     * The number of pages that the buffer holds. It is larger for several lanes, so that a lane does not wait long for the last
     * event of another one.
     */
    private static final int PAGES = 2;

    private static final int PAGES_FOR_LANES = 8;

    private final SafeHandler handler;
    private final RunPermit permit;
    private final LaneGroup lanes;
    private final int capacity;
    private final int pageSize;
    private final AuditLedger ledger;
    private final OutOfOrderAcks acks;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final AtomicLong finishedBefore = new AtomicLong();
    private volatile Position scannedTo;
    private volatile Runnable handled = () -> {};
    private long read;

    /** The number of events that were finished, and the position up to which everything was finished a little later. */
    record Finished(long events, Position position) {}

    /** Creates a delivery that begins at a position, without the events behind it that were handled before. */
    public Delivery(Position from, DeliveryContext context) {
        SubscriptionOptions options = context.options();
        this.scannedTo = from;
        this.ledger = context.ledger();
        this.acks = context.acks();
        this.handler = new SafeHandler(context.handler());
        this.permit = new RunPermit(context.permit());
        this.capacity = options.buffer();
        int pages = options.parallelism() == 1 ? PAGES : PAGES_FOR_LANES;
        this.pageSize = Math.max(1, Math.min(MAX_PER_PAGE, capacity / pages));
        int notifyEvery = Math.max(1, Math.min(pageSize, options.checkpointEvents()) / 2);
        LaneContext lane = new LaneContext(context, handler, permit, notifyEvery, () -> handled.run());
        this.lanes = new LaneGroup(options.parallelism(), lane);
    }

    /** Returns the maximum number of events in a page. */
    int pageSize() {
        return pageSize;
    }

    /** Returns whether the buffer has room for a page. */
    boolean hasRoom() {
        return buffered() + pageSize <= capacity && readBuffer.bytes() < MAX_BYTES;
    }

    /** Returns the number of events in the pages that are not wholly finished. */
    long buffered() {
        readBuffer.finishedTo(position());
        return readBuffer.events();
    }

    /** Returns the number of events that were read. Those that are finished also count in {@link #finished()}. */
    long read() {
        return read;
    }

    /** Returns the position up to which the log was read. */
    Position scannedTo() {
        return scannedTo;
    }

    /** Returns the number of events that were handled, skipped or parked. Any thread. */
    long finished() {
        return finishedBefore.get() + lanes.finished();
    }

    /**
     * Returns the position up to which every event is handled, skipped or parked. Any thread. Reads {@code scannedTo} before the
     * lanes: all events up to there were queued before, so the first unfinished one is found.
     */
    @Override
    public Position position() {
        return lanes.finishedUpTo(scannedTo);
    }

    /**
     * Returns what is finished. Any thread. Does so between two pages: while one is added, some of its events may be finished
     * although {@link #position()} is before it.
     */
    synchronized Finished finishedNow() {
        long events = finished();
        return new Finished(events, position());
    }

    /** Sets a callback for the end of a lane's work, on the lane's thread. */
    void whenHandled(Runnable callback) {
        handled = callback;
    }

    @Override
    public boolean reaches(Position target) {
        return !target.isAfter(scannedTo) && !lanes.any(lane -> lane.queue().isBehind(target));
    }

    /**
     * Adds a page.
     *
     * @param last whether the calling thread has nothing else to do, so that a lane may continue on it
     */
    void accept(LogPage page, boolean last) {
        queue(page).forEach(last ? Lane::signalNext : Lane::signal);
    }

    private synchronized List<Lane> queue(LogPage page) {
        List<Lane> queued = List.of();
        if (!page.events().isEmpty()) {
            read += page.events().size();
            readBuffer.add(page.events());
            queued = lanes.add(page.events(), event -> !isFinished(event), scannedTo);
        }
        scannedTo = page.scannedTo();
        return queued;
    }

    /** Returns whether an event was finished before this run. It is not handled again, and the ledger records its outcome. */
    private boolean isFinished(RecordedEvent event) {
        if (acks.isEmpty() || !acks.contains(event)) {
            return false;
        }
        if (acks.isLeftOut(event)) {
            ledger.leftOut(event);
        } else {
            ledger.handled(List.of(event));
        }
        finishedBefore.incrementAndGet();
        return true;
    }

    /** Returns the positions of the events that are finished, behind a position that {@link #position()} returned. */
    List<Position> finishedAfter(Position position) {
        Set<Position> unfinished = lanes.unfinished();
        return readBuffer
                .after(position)
                .filter(each -> !unfinished.contains(each))
                .toList();
    }

    void replay(StreamId stream) {
        lanes.replay(stream);
    }

    /** Signals lanes that found the permit closed for a moment. They are not notified when it opens again. */
    public void signalIdleLanes() {
        lanes.stream().filter(Lane::isStalled).forEach(Lane::signal);
    }

    public boolean isRetrying() {
        return lanes.any(Lane::isRetrying);
    }

    /**
     * After the permit was closed, lets lanes that are behind continue up to the lane that is furthest ahead, but not past an
     * event that a lane cannot handle. Returns whether they have.
     */
    public boolean isDrained() {
        if (!isQuiet()) {
            handler.withdraw();
            return false;
        }
        permit.drain(lanes.commonEnd());
        List<Lane> behind = lanes.stream().filter(lane -> !lane.isDrained()).toList();
        behind.forEach(Lane::signal);
        return behind.isEmpty();
    }

    /** Stops the delivery: no further call of the handler begins. */
    public void stop() {
        permit.stop();
        if (!isQuiet()) {
            handler.withdraw();
        }
    }

    /** Returns whether no handler is at work. After {@link #stop}, this remains true. */
    public boolean isQuiet() {
        return !lanes.any(lane -> !lane.isQuiet());
    }

    /** Returns whether this thread is inside the handler. Any thread. */
    public boolean isRunBy(Thread thread) {
        return lanes.any(lane -> lane.isRunBy(thread));
    }

    /** Any thread. */
    public void interruptHandlers() {
        lanes.stream().forEach(Lane::interrupt);
    }
}
