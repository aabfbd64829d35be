package io.headwater.internal.subscription;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.LeaseChange;
import io.headwater.Position;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.delivery.CheckpointSaver;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.delivery.FailureHandling;
import io.headwater.internal.subscription.delivery.Gate;
import io.headwater.internal.subscription.delivery.PageReader;
import io.headwater.internal.subscription.delivery.ReplayWatch;
import io.headwater.internal.subscription.lease.OutOfOrderAcks;
import io.headwater.internal.subscription.lease.SubscriptionLease;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.internal.subscription.schedule.Alarm;
import io.headwater.internal.subscription.schedule.BackOff;
import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.internal.subscription.schedule.SerialTask;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Runs a subscription, all but its handler: holds the lease, reads ahead, saves the checkpoint, and ends it. Everything
 * happens in one serial task, which is signalled when something may have changed and looks at all there is to do.
 */
final class Dispatcher implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration MAX_RETRY = Duration.ofSeconds(10);

    private final String title;
    private final SubscriptionOptions options;
    private final AsyncBatchHandler handler;
    private final EventSource source;
    private final SubscriptionLease lease;
    private final EngineContext context;
    private final LogTail tail;
    private final EngineThreads threads;
    private final SubscriptionStatus status;
    private final Runnable ended;
    private final SerialTask task;
    private final Alarm alarm;
    private final Runnable wakeUp;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private volatile boolean paused;
    private volatile boolean closing;
    private volatile boolean abandoned;
    private volatile @Nullable Run run;

    // Of the task alone.
    private int storeFailures;
    private long storeRetryAt;
    private boolean over;
    private boolean held;

    /** The log that is read, by its number in the history. */
    private int log = LogHistory.NONE;

    /** A driver that does nothing until it is signalled; it tells when the subscription is over. */
    Dispatcher(
            String title,
            SubscriptionOptions options,
            AsyncBatchHandler handler,
            EngineContext context,
            EventSource source,
            SubscriptionLease lease,
            SubscriptionStatus status,
            Runnable ended) {
        this.title = title;
        this.options = options;
        this.handler = handler;
        this.context = context;
        this.tail = context.tail();
        this.threads = context.threads();
        this.source = source;
        this.lease = lease;
        this.status = status;
        this.ended = ended;
        this.task = threads.serial(this::step);
        this.wakeUp = task::signal;
        this.alarm = new Alarm(threads, wakeUp);
    }

    @Override
    public void signal() {
        status.moved();
        task.signal();
    }

    @Override
    public boolean isOpen() {
        return !paused && !isStopped() && lease.isValid();
    }

    /** Nothing, until a delivery ends. */
    @Override
    public Position drainTo() {
        return Position.START;
    }

    @Override
    public boolean isHeld() {
        return lease.isValid();
    }

    @Override
    public boolean isStopped() {
        return closing || failure.get() != null;
    }

    @Override
    public void fail(Throwable reason) {
        if (!closing && failure.compareAndSet(null, known(reason))) {
            signal();
        }
    }

    private static EventStoreException known(Throwable reason) {
        return reason instanceof EventStoreException known
                ? known
                : new SubscriptionEnded(
                        "unexpected failure: " + reason.getClass().getName(), reason);
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
        Run current = run;
        if (current != null) {
            current.delivery().interruptHandlers();
        }
    }

    /** Whether the caller is inside the handler of this subscription. */
    boolean isInsideHandler() {
        Run current = run;
        return current != null && current.delivery().isRunBy(Thread.currentThread());
    }

    /** Somebody asked for parked events to be handled again, or gave them up. */
    void lookForReplays() {
        Run current = run;
        if (current != null) {
            current.replays().want();
            signal();
        }
    }

    private void step() {
        if (over) {
            return;
        }
        try {
            if (isStopped()) {
                finish();
            } else if (mayUseStore()) {
                ready().ifPresent(this::work);
                storeFailures = 0;
            }
        } catch (EventStoreException e) {
            if (e.retry() == Retry.NEVER) {
                fail(e);
            } else {
                backOff(e);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        if (!over) {
            status.enter(state());
            setAlarm();
        }
    }

    /** Not before the time to try again, whatever else happens, if it could not be reached. */
    private boolean mayUseStore() {
        return storeFailures == 0 || System.nanoTime() - storeRetryAt >= 0;
    }

    private void backOff(EventStoreException e) {
        storeFailures++;
        storeRetryAt = System.nanoTime() + BackOff.nanos(FIRST_RETRY, MAX_RETRY, storeFailures);
        if (storeFailures == 1) {
            LOG.warn("{} cannot reach its store and tries again: {}", title, e.getMessage());
        }
    }

    /** What is to be done under the lease, if that is held. What was begun under a lost one ends first. */
    private Optional<Run> ready() {
        if (lease.isLost()) {
            leaseIs(false, LeaseChange.LOST);
            if (!dismiss()) {
                return Optional.empty();
            }
        }
        Run current = run;
        if (current == null) {
            if (lease.acquire()) {
                leaseIs(true, LeaseChange.ACQUIRED);
                begin();
            }
        } else if (lease.renew()) {
            wakeLanes(current.delivery());
        } else {
            task.signal();
            return Optional.empty();
        }
        return Optional.ofNullable(run);
    }

    /** Reports a change of the lease, once. A subscription without a name has none. */
    private void leaseIs(boolean now, LeaseChange change) {
        if (held != now && options.name().isPresent()) {
            held = now;
            status.tell(listener -> listener.leaseChanged(change));
        }
    }

    private boolean dismiss() {
        Run former = run;
        if (former == null) {
            return true;
        }
        former.delivery().stop();
        if (!former.delivery().isQuiet()) {
            return false;
        }
        LOG.info("{} was taken over by another holder, or reset", title);
        tail.leave(wakeUp);
        run = null;
        return true;
    }

    /** A lane that found the gate closed for a moment has nobody else to tell it that it is open again. */
    private void wakeLanes(Delivery delivery) {
        if (isOpen()) {
            delivery.signalIdleLanes();
        }
    }

    private void begin() {
        log = context.history().now(log);
        Optional<Position> checkpoint = lease.load();
        Position from = checkpoint.orElseGet(() -> source.locate(options.start()));
        if (checkpoint.isPresent() || lease.save(from, List.of())) {
            Run next = runFrom(from);
            run = next;
            status.handledBy(next.delivery());
        }
    }

    private Run runFrom(Position from) {
        int reading = log;
        AuditLedger ledger = lease.ledgerFrom(from);
        OutOfOrderAcks ahead = lease.ahead();
        ParkedStreams parked = lease.parked();
        FailureHandling failures = new FailureHandling(title, options.onFailure(), parked, status, this::fail);
        Delivery delivery = new Delivery(from, options, handler, this, failures, ledger, ahead, threads);
        return new Run(
                delivery,
                new PageReader(delivery, source, context, reading, wakeUp),
                new CheckpointSaver(delivery, lease, () -> context.history().confirm(reading), ledger, ahead, options),
                new ReplayWatch(parked, delivery));
    }

    private void work(Run current) {
        boolean more = true;
        while (more && !isStopped() && !lease.isLost()) {
            if (!lease.renew()) {
                break;
            }
            current.saver().saveWhenDue();
            more = !paused && goOn(current);
            storeFailures = 0;
            status.moved();
            noticeLive(current);
        }
        if (lease.isLost()) {
            task.signal();
        }
    }

    private static boolean goOn(Run current) {
        current.replays().lookWhenDue();
        return current.reading().readPage();
    }

    private void noticeLive(Run current) {
        current.reading().becameLive().ifPresent(end -> {
            status.enter(state());
            status.caughtUp(end);
        });
    }

    private SubscriptionState state() {
        Run current = run;
        if (storeFailures > 0) {
            return SubscriptionState.RETRYING;
        }
        if (current == null) {
            return lease.isValid() ? SubscriptionState.STARTING : SubscriptionState.STANDBY;
        }
        if (paused) {
            return SubscriptionState.PAUSED;
        }
        if (current.delivery().isRetrying()) {
            return SubscriptionState.RETRYING;
        }
        return current.reading().isLive() ? SubscriptionState.LIVE : SubscriptionState.CATCHING_UP;
    }

    /** Looks again by then although nothing happened. Whoever waits for a handler to end is told by that. */
    private void setAlarm() {
        long next = (storeFailures > 0 ? storeRetryAt : nextDue()) - System.nanoTime();
        alarm.setIn(Math.max(next, Alarm.MIN_NANOS));
    }

    private long nextDue() {
        Run current = run;
        if (current != null && lease.isLost()) {
            return System.nanoTime() + Alarm.MAX_NANOS;
        }
        long next = lease.dueAt();
        if (current != null && !isStopped() && current.saver().isUnsaved()) {
            next = earlier(next, current.saver().dueAt());
        }
        if (current != null && !isStopped() && current.replays().isActive()) {
            next = earlier(next, current.replays().dueAt());
        }
        return next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Ends the subscription once no handler is at work. */
    private void finish() {
        Run current = run;
        if (current != null && !isEnded(current.delivery())) {
            holdWhileEnding();
            return;
        }
        over = true;
        tail.leave(wakeUp);
        alarm.cancel();
        Throwable reason = failure.get();
        try {
            saveLast(current);
        } finally {
            if (reason != null) {
                report(reason);
            }
            status.end(reason);
            ended.run();
        }
    }

    /** Its own thread is all that knows of it unless the application asks. Not the reason's cause: it may quote a payload. */
    private void report(Throwable reason) {
        Throwable cause = Objects.requireNonNullElse(reason.getCause(), reason);
        LOG.atLevel(options.name().isPresent() ? Level.ERROR : Level.WARN)
                .log(
                        "{} ended at position {} and handles no further event until it is opened again, because of {}: {}",
                        title,
                        status.position(),
                        cause.getClass().getName(),
                        reason.getMessage());
    }

    /** Nobody else is to begin while a handler is waited for. */
    private void holdWhileEnding() {
        if (!lease.isLost() && mayUseStore() && lease.renew()) {
            storeFailures = 0;
        }
    }

    private boolean isEnded(Delivery delivery) {
        boolean clean = failure.get() == null && !abandoned && !paused && lease.isValid();
        if (clean && !delivery.isDrained()) {
            return false;
        }
        delivery.stop();
        return abandoned || delivery.isQuiet();
    }

    private void saveLast(@Nullable Run current) {
        try {
            if (current != null && !lease.isLost()) {
                current.saver().saveLast();
            }
            LeaseChange last = lease.isLost() ? LeaseChange.LOST : LeaseChange.RELEASED;
            lease.release();
            leaseIs(false, last);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not save its last checkpoint; what it handled since the one before comes again",
                    title,
                    e);
        }
    }
}
