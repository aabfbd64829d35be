package io.headwater.internal.subscription.delivery;

import io.headwater.AsyncBatchHandler;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.delivery.LaneQueue.Unfinished;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.schedule.EngineThreads;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run of a subscription: what was read goes to the lanes, and how far everything is handled comes back. The driver's
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
    private final Lane[] lanes;
    private final int buffer;
    private final int pageSize;
    private final AuditLedger ledger;
    private final OutOfOrderAcks ahead;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final AtomicLong finishedBefore = new AtomicLong();
    private volatile Position scannedTo;
    private volatile Position drainTo = Position.START;
    private volatile boolean stopped;

    /** A run from this position on, without what was handled ahead of it. */
    public Delivery(
            Position from,
            SubscriptionOptions options,
            AsyncBatchHandler handler,
            Gate gate,
            FailureHandling failures,
            AuditLedger ledger,
            OutOfOrderAcks ahead,
            EngineThreads threads) {
        this.scannedTo = from;
        this.ledger = ledger;
        this.ahead = ahead;
        this.handler = new SafeHandler(handler);
        this.buffer = options.buffer();
        int pages = options.parallelism() == 1 ? PAGES : PAGES_FOR_LANES;
        this.pageSize = Math.max(1, Math.min(MAX_PER_PAGE, buffer / pages));
        int signalEvery = Math.max(1, Math.min(pageSize, options.checkpointEvents()) / 2);
        Gate own = new OwnGate(gate);
        this.lanes = IntStream.range(0, options.parallelism())
                .mapToObj(i -> new Lane(
                        options,
                        this.handler,
                        own,
                        failures,
                        ledger,
                        threads,
                        new LaneQueue(options.isBatchPerStream()),
                        signalEvery))
                .toArray(Lane[]::new);
    }

    /** Closed for good when this run is over, whatever comes after it. */
    private final class OwnGate implements Gate {
        private final Gate outer;

        OwnGate(Gate outer) {
            this.outer = outer;
        }

        @Override
        public boolean isOpen() {
            return !stopped && outer.isOpen();
        }

        @Override
        public Position drainTo() {
            return outer.isHeld() ? drainTo : Position.START;
        }

        @Override
        public boolean isHeld() {
            return outer.isHeld();
        }

        @Override
        public boolean isStopped() {
            return stopped || outer.isStopped();
        }

        @Override
        public void signal() {
            outer.signal();
        }

        @Override
        public void fail(Throwable reason) {
            if (!stopped) {
                outer.fail(reason);
            }
        }
    }

    /** The most events that a page may have. */
    int pageSize() {
        return pageSize;
    }

    /** Whether there is room for a page. */
    boolean hasRoom() {
        readBuffer.finishedTo(position());
        return readBuffer.events() + pageSize <= buffer && readBuffer.bytes() < MAX_BYTES;
    }

    /** How far the log was read. */
    Position scannedTo() {
        return scannedTo;
    }

    /** Number of events that were handled, skipped or parked. Any thread. */
    long finished() {
        return finishedBefore.get()
                + Arrays.stream(lanes)
                        .mapToLong(lane -> lane.queue().finished())
                        .sum();
    }

    /**
     * Everything up to here is handled, skipped or parked. Any thread. Read how far the log was read before the lanes: all
     * events up to there were queued before, so the first unfinished one is found.
     */
    @Override
    public Position position() {
        Position reached = scannedTo;
        for (Lane lane : lanes) {
            Unfinished first = lane.queue().unfinished();
            if (first != null) {
                reached = earlier(reached, first.before());
            }
        }
        return reached;
    }

    @Override
    public boolean reaches(Position target) {
        return !target.isAfter(scannedTo)
                && Arrays.stream(lanes).noneMatch(lane -> lane.queue().isBehind(target));
    }

    void accept(LogPage page) {
        if (!page.events().isEmpty()) {
            readBuffer.add(page.events());
            distribute(page.events());
        }
        scannedTo = page.scannedTo();
    }

    /** Each event goes with the position before it, which the store gave: the checkpoint while the event is unfinished. */
    private void distribute(List<RecordedEvent> events) {
        LaneShare[] shares = Arrays.stream(lanes).map(lane -> new LaneShare()).toArray(LaneShare[]::new);
        Position before = scannedTo;
        for (RecordedEvent event : events) {
            if (!isFinished(event)) {
                shares[laneOf(event.stream())].add(event, before);
            }
            before = event.position();
        }
        for (int i = 0; i < lanes.length; i++) {
            queue(lanes[i], shares[i]);
        }
    }

    /** What was finished before this run is not handled again, and goes to the ledger as what became of it. */
    private boolean isFinished(RecordedEvent event) {
        if (ahead.isEmpty() || !ahead.contains(event)) {
            return false;
        }
        if (ahead.isLeftOut(event)) {
            ledger.leftOut(event);
        } else {
            ledger.handled(List.of(event));
        }
        finishedBefore.incrementAndGet();
        return true;
    }

    /** What is finished behind a position that {@link #position()} returned. */
    List<Position> finishedAfter(Position position) {
        Set<Position> unfinished = Arrays.stream(lanes)
                .flatMap(lane -> lane.queue().rest().stream())
                .map(RecordedEvent::position)
                .collect(Collectors.toSet());
        return readBuffer
                .after(position)
                .filter(each -> !unfinished.contains(each))
                .toList();
    }

    private static void queue(Lane lane, LaneShare share) {
        if (!share.isEmpty()) {
            lane.queue().add(share);
            lane.signal();
        }
    }

    /** The upper bits of a text's hash vary little among short names. */
    private int laneOf(StreamId stream) {
        if (lanes.length == 1) {
            return 0;
        }
        int hash = stream.hashCode() * 0x9E3779B1;
        return Math.floorMod(hash ^ (hash >>> 16), lanes.length);
    }

    void replay(StreamId stream) {
        lanes[laneOf(stream)].replay(stream);
    }

    /** A lane that found the gate closed for a moment has nobody else to tell it that it is open again. */
    public void signalIdleLanes() {
        Arrays.stream(lanes).filter(Lane::isStalled).forEach(Lane::signal);
    }

    public boolean isRetrying() {
        return any(Lane::isRetrying);
    }

    private boolean any(Predicate<Lane> property) {
        return Arrays.stream(lanes).anyMatch(property);
    }

    /**
     * Once the gate is closed, lets lanes that are behind come up to the furthest one, but not past one that is stuck, which
     * keeps the checkpoint back. Returns whether they have.
     */
    public boolean isDrained() {
        if (!isQuiet()) {
            handler.withdraw();
            return false;
        }
        drainTo = lanes.length == 1 ? Position.START : commonEnd();
        List<Lane> behind =
                Arrays.stream(lanes).filter(lane -> !lane.isDrained()).toList();
        behind.forEach(Lane::signal);
        return behind.isEmpty();
    }

    private Position commonEnd() {
        Position furthest = Position.START;
        Position stuck = Position.END;
        for (Lane lane : lanes) {
            Position finished = lane.queue().lastFinished();
            furthest = finished.isAfter(furthest) ? finished : furthest;
            Unfinished first = lane.queue().unfinished();
            if (first != null && lane.isStuck()) {
                stuck = earlier(stuck, first.before());
            }
        }
        return earlier(furthest, stuck);
    }

    private static Position earlier(Position one, Position other) {
        return one.isAfter(other) ? other : one;
    }

    /** Begins no further call of the handler. */
    public void stop() {
        stopped = true;
        drainTo = Position.START;
        if (!isQuiet()) {
            handler.withdraw();
        }
    }

    /** Whether no handler is at work; when stopped, none will be. */
    public boolean isQuiet() {
        return !any(lane -> !lane.isQuiet());
    }

    /** Whether this thread is inside the handler. Any thread. */
    public boolean isRunBy(Thread thread) {
        return any(lane -> lane.isRunBy(thread));
    }

    /** Any thread. */
    public void interruptHandlers() {
        Arrays.stream(lanes).forEach(Lane::interrupt);
    }
}
