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
 * One run of a subscription: what was read goes to the lanes, and how far everything is handled comes back. The dispatcher's
 * thread calls it, where nothing else is said.
 */
public final class Delivery implements HandledPosition {
    private static final int MAX_PER_PAGE = 1000;

    /** The buffer counts events, which may be large. Pages of the log are bounded by the store itself. */
    private static final long MAX_BYTES = 16 << 20;

    /** Parts of the buffer that are read at once: of several lanes none is to wait for the last event of the others for long. */
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
    private long read;

    /** A run from this position on, without what was handled behind it before. */
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
        LaneContext lane = new LaneContext(context, handler, permit, notifyEvery);
        this.lanes = new LaneGroup(options.parallelism(), lane);
    }

    /** The most events that a page may have. */
    int pageSize() {
        return pageSize;
    }

    /** Whether there is room for a page. */
    boolean hasRoom() {
        return buffered() + pageSize <= capacity && readBuffer.bytes() < MAX_BYTES;
    }

    /** The events of the pages that are not wholly finished. */
    long buffered() {
        readBuffer.finishedTo(position());
        return readBuffer.events();
    }

    /** The number of events that were read. All but the unfinished ones are in {@link #finished()}. */
    long read() {
        return read;
    }

    /** How far the log was read. */
    Position scannedTo() {
        return scannedTo;
    }

    /** Number of events that were handled, skipped or parked. Any thread. */
    long finished() {
        return finishedBefore.get() + lanes.finished();
    }

    /**
     * Everything up to here is handled, skipped or parked. Any thread. Read how far the log was read before the lanes: all
     * events up to there were queued before, so the first unfinished one is found.
     */
    @Override
    public Position position() {
        return lanes.finishedUpTo(scannedTo);
    }

    @Override
    public boolean reaches(Position target) {
        return !target.isAfter(scannedTo) && !lanes.any(lane -> lane.queue().isBehind(target));
    }

    /**
     * Adds what was read.
     *
     * @param last whether the caller has nothing else to do, so that a lane may go on with its thread
     */
    void accept(LogPage page, boolean last) {
        if (!page.events().isEmpty()) {
            read += page.events().size();
            readBuffer.add(page.events());
            lanes.add(page.events(), event -> !isFinished(event), scannedTo, last);
        }
        scannedTo = page.scannedTo();
    }

    /** Events that were finished before this run are not handled again, and the ledger records their outcome. */
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

    /** What is finished behind a position that {@link #position()} returned. */
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

    /** A lane that found the permit closed for a moment is not told otherwise that it is open again. */
    public void signalIdleLanes() {
        lanes.stream().filter(Lane::isStalled).forEach(Lane::signal);
    }

    public boolean isRetrying() {
        return lanes.any(Lane::isRetrying);
    }

    /**
     * Once the permit is closed, lets lanes that are behind come up to the furthest one, but not past one that is stuck, which
     * keeps the checkpoint back. Returns whether they have.
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

    /** Begins no further call of the handler. */
    public void stop() {
        permit.stop();
        if (!isQuiet()) {
            handler.withdraw();
        }
    }

    /** Whether no handler is at work; when stopped, none will be. */
    public boolean isQuiet() {
        return !lanes.any(lane -> !lane.isQuiet());
    }

    /** Whether this thread is inside the handler. Any thread. */
    public boolean isRunBy(Thread thread) {
        return lanes.any(lane -> lane.isRunBy(thread));
    }

    /** Any thread. */
    public void interruptHandlers() {
        lanes.stream().forEach(Lane::interrupt);
    }
}
