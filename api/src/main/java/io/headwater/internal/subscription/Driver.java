package io.headwater.internal.subscription;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.LogPage;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a subscription, all but its handler: holds the lease, reads ahead, saves the checkpoint, and ends it. Everything
 * happens in one serial task, which is signalled when something may have changed and looks at all there is to do.
 */
final class Driver implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Duration REPLAY_POLL = Duration.ofSeconds(1);

    /** How much rarer the checkpoint is saved when only events passed that were not for this subscription. */
    private static final int IDLE_FACTOR = 10;

    private final String title;
    private final SubscriptionOptions options;
    private final AsyncBatchHandler handler;
    private final EventStore store;
    private final Source source;
    private final Tenure tenure;
    private final Tail tail;
    private final EngineThreads threads;
    private final Standing standing;
    private final Runnable ended;
    private final SerialTask task;
    private final Alarm alarm;
    private final Runnable wakeUp;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private volatile boolean paused;
    private volatile boolean closing;
    private volatile boolean abandoned;
    private volatile boolean replayWanted = true;
    private volatile @Nullable Delivery delivery;

    // Of the task alone.
    private AuditLedger ledger = AuditLedger.none();
    private @Nullable ParkedStreams parked;
    private boolean live;
    private @Nullable Position endSeen;
    private Position savedPosition = Position.START;
    private long savedFinished;
    private long savedAt;
    private long replaysSeenAt;
    private int storeFailures;
    private boolean over;

    /** A driver that does nothing until it is signalled; it tells when the subscription is over. */
    Driver(
            String title,
            SubscriptionOptions options,
            AsyncBatchHandler handler,
            EngineParts parts,
            Source source,
            Tenure tenure,
            Standing standing,
            Runnable ended) {
        this.title = title;
        this.options = options;
        this.handler = handler;
        this.store = parts.store();
        this.tail = parts.tail();
        this.threads = parts.threads();
        this.source = source;
        this.tenure = tenure;
        this.standing = standing;
        this.ended = ended;
        this.task = threads.serial(this::step);
        this.wakeUp = task::signal;
        this.alarm = new Alarm(threads, wakeUp);
    }

    @Override
    public void signal() {
        standing.moved();
        task.signal();
    }

    @Override
    public boolean isOpen() {
        return !paused && !isStopped() && tenure.isValid();
    }

    /** Nothing, until a delivery ends. */
    @Override
    public Position drainTo() {
        return Position.START;
    }

    @Override
    public boolean isStopped() {
        return closing || failure.get() != null;
    }

    @Override
    public void fail(Throwable reason) {
        if (!closing && failure.compareAndSet(null, reason)) {
            signal();
        }
    }

    void pause() {
        paused = true;
        signal();
    }

    void resume() {
        paused = false;
        signal();
    }

    void close() {
        closing = true;
        signal();
    }

    /** Does not wait for handlers any longer. */
    void abandon() {
        abandoned = true;
        close();
    }

    void interruptHandlers() {
        Delivery current = delivery;
        if (current != null) {
            current.interruptHandlers();
        }
    }

    /** Whether the caller is inside the handler of this subscription. */
    boolean isInsideHandler() {
        Delivery current = delivery;
        return current != null && current.isRunBy(Thread.currentThread());
    }

    /** Somebody asked for parked events to be handled again, or gave them up. */
    void lookForReplays() {
        replayWanted = true;
        signal();
    }

    private void step() {
        if (over) {
            return;
        }
        try {
            if (isStopped()) {
                finish();
            } else if (isReady()) {
                work();
                storeFailures = 0;
            }
        } catch (StoreUnavailable | OperationInterrupted e) {
            retryLater(e);
        } catch (RuntimeException | Error e) {
            fail(known(e));
        }
        if (!over) {
            standing.enter(state());
            setAlarm();
        }
    }

    private static Throwable known(Throwable e) {
        return e instanceof EventStoreException
                ? e
                : new SubscriptionEnded("unexpected failure: " + e.getClass().getName(), e);
    }

    private void retryLater(EventStoreException e) {
        storeFailures++;
        if (storeFailures == 1) {
            LOG.warn("{} cannot reach its store and tries again: {}", title, e.getMessage());
        }
        threads.later(BackOff.nanos(FIRST_RETRY, LONGEST_RETRY, storeFailures), task::signal);
    }

    /** Holds the lease and has something to deliver to. What was begun under a lost lease ends first. */
    private boolean isReady() {
        Delivery current = delivery;
        if (current != null && tenure.isLost() && !dismiss(current)) {
            return false;
        }
        if (!tenure.hold()) {
            if (delivery != null) {
                task.signal();
            }
            return false;
        }
        if (delivery == null) {
            begin();
        } else {
            wakeLanes();
        }
        return delivery != null;
    }

    private boolean dismiss(Delivery former) {
        former.stop();
        if (!former.isQuiet()) {
            return false;
        }
        LOG.info("{} was taken over by another holder, or reset", title);
        tail.leave(wakeUp);
        live = false;
        delivery = null;
        return true;
    }

    /** A lane that found the gate closed for a moment has nobody else to tell it that it is open again. */
    private void wakeLanes() {
        Delivery current = delivery;
        if (current != null && isOpen()) {
            current.signalIdleLanes();
        }
    }

    private void begin() {
        Optional<Position> checkpoint = tenure.load();
        Position from = checkpoint.orElseGet(() -> source.locate(options.start()));
        if (checkpoint.isEmpty() && !tenure.save(from, List.of())) {
            return;
        }
        Optional<CheckpointStore> checkpoints =
                options.name().isPresent() ? store.facet(CheckpointStore.class) : Optional.empty();
        String name = options.name().orElse("");
        ledger = checkpoints
                .filter(kept -> options.isAudited())
                .map(kept -> AuditLedger.from(from, kept, name))
                .orElseGet(AuditLedger::none);
        parked = new ParkedStreams(
                tenure,
                checkpoints.map(kept -> new ParkingLot(store, kept, name)).orElse(null));
        Failures failures = new Failures(title, options.onFailure(), parked, standing, ledger, this::fail);
        Delivery next = new Delivery(from, options, handler, this, failures, ledger, threads);
        savedPosition = from;
        savedFinished = 0;
        savedAt = System.nanoTime();
        endSeen = null;
        replayWanted = true;
        delivery = next;
        standing.positionFrom(next::position);
    }

    private void work() {
        Delivery current = Objects.requireNonNull(delivery, "delivery");
        boolean more = true;
        while (more && !isStopped() && !tenure.isLost()) {
            if (System.nanoTime() - tenure.holdAgainAt() >= 0 && !tenure.hold()) {
                task.signal();
                return;
            }
            if (isSaveDue(current)) {
                save(current);
            }
            replay(current);
            more = !paused && readOn(current);
            noticeLive(current);
        }
        if (tenure.isLost()) {
            task.signal();
        }
    }

    /** Reads a page, if there is room and there is one. Returns whether to go on at once. */
    private boolean readOn(Delivery current) {
        if (!current.hasRoom()) {
            return false;
        }
        Position after = current.scannedTo();
        Optional<LogPage> recent = tail.read(wakeUp, after, source::accepts, current.pageSize());
        LogPage page = recent.orElseGet(() -> source.read(after, current.pageSize()));
        current.accept(page);
        if (page.more()) {
            live &= recent.isPresent();
            return true;
        }
        if (!live) {
            endSeen = page.scannedTo();
        }
        return recent.isEmpty() && !tail.follow(wakeUp, page.scannedTo());
    }

    /** Live is who has handled all there was when it came to the end. */
    private void noticeLive(Delivery current) {
        Position end = endSeen;
        if (!live && end != null && !end.isAfter(current.position())) {
            live = true;
            endSeen = null;
            standing.enter(state());
            standing.caughtUp(end);
        }
    }

    private boolean isSaveDue(Delivery current) {
        long handled = current.finished() - savedFinished;
        if (handled >= options.checkpointEvents()) {
            return current.position().isAfter(savedPosition);
        }
        return System.nanoTime() - saveDueAt(handled) >= 0 && current.position().isAfter(savedPosition);
    }

    private long saveDueAt(long handled) {
        long interval = options.checkpointInterval().toNanos();
        return savedAt + (handled > 0 ? interval : interval * IDLE_FACTOR);
    }

    private void save(Delivery current) {
        long finished = current.finished();
        Position position = current.position();
        if (tenure.save(position, ledger.upTo(position))) {
            ledger.saved();
            savedPosition = position;
            savedFinished = finished;
            savedAt = System.nanoTime();
        }
    }

    private void replay(Delivery current) {
        ParkedStreams streams = parked;
        if (streams == null || paused) {
            return;
        }
        boolean due = !streams.isEmpty() && System.nanoTime() - replaysSeenAt >= REPLAY_POLL.toNanos();
        if (replayWanted || due) {
            replayWanted = false;
            replaysSeenAt = System.nanoTime();
            streams.wanted().forEach(current::replay);
        }
    }

    private SubscriptionState state() {
        Delivery current = delivery;
        if (storeFailures > 0) {
            return SubscriptionState.RETRYING;
        }
        if (current == null) {
            return tenure.isValid() ? SubscriptionState.STARTING : SubscriptionState.STANDBY;
        }
        if (paused) {
            return SubscriptionState.PAUSED;
        }
        if (current.isRetrying()) {
            return SubscriptionState.RETRYING;
        }
        return live ? SubscriptionState.LIVE : SubscriptionState.CATCHING_UP;
    }

    /** When to look again although nothing happened. */
    private void setAlarm() {
        long now = System.nanoTime();
        long next = tenure.holdAgainAt() - now;
        Delivery current = delivery;
        if (current != null && current.position().isAfter(savedPosition)) {
            next = Math.min(next, saveDueAt(current.finished() - savedFinished) - now);
        }
        if (parked != null && !parked.isEmpty()) {
            next = Math.min(next, replaysSeenAt + REPLAY_POLL.toNanos() - now);
        }
        alarm.setIn(Math.max(next, Alarm.SHORTEST_NANOS));
    }

    /** Ends the subscription once no handler is at work. */
    private void finish() {
        Delivery current = delivery;
        if (current != null) {
            boolean clean = failure.get() == null && !abandoned && tenure.isValid();
            if (clean && !current.isDrained()) {
                return;
            }
            current.stop();
            if (!abandoned && !current.isQuiet()) {
                return;
            }
        }
        over = true;
        tail.leave(wakeUp);
        alarm.cancel();
        saveLast(current);
        standing.end(failure.get());
        ended.run();
    }

    private void saveLast(@Nullable Delivery current) {
        try {
            if (current != null && !tenure.isLost()) {
                save(current);
            }
            tenure.release();
        } catch (EventStoreException e) {
            LOG.warn(
                    "{} could not save its last checkpoint; what it handled since the one before comes again: {}",
                    title,
                    e.getMessage());
        }
    }
}
