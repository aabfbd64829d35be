package io.headwater.internal.subscription;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.Position;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
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
final class Driver implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    private final String title;
    private final SubscriptionOptions options;
    private final AsyncBatchHandler handler;
    private final Source source;
    private final Tenure tenure;
    private final EngineParts parts;
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
    private volatile @Nullable Run run;

    // Of the task alone.
    private int storeFailures;
    private long storeRetryAt;
    private boolean over;

    /** The log that is read, by its number in the history. */
    private int log = LogHistory.NONE;

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
        this.parts = parts;
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
    public boolean isHeld() {
        return tenure.isValid();
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
            standing.enter(state());
            setAlarm();
        }
    }

    /** Not before the time to try again, whatever else happens, if it could not be reached. */
    private boolean mayUseStore() {
        return storeFailures == 0 || System.nanoTime() - storeRetryAt >= 0;
    }

    private void backOff(EventStoreException e) {
        storeFailures++;
        storeRetryAt = System.nanoTime() + BackOff.nanos(FIRST_RETRY, LONGEST_RETRY, storeFailures);
        if (storeFailures == 1) {
            LOG.warn("{} cannot reach its store and tries again: {}", title, e.getMessage());
        }
    }

    /** What is to be done under the lease, if that is held. What was begun under a lost one ends first. */
    private Optional<Run> ready() {
        if (tenure.isLost() && !dismiss()) {
            return Optional.empty();
        }
        Run current = run;
        if (current == null) {
            if (tenure.acquire()) {
                begin();
            }
        } else if (tenure.renew()) {
            wakeLanes(current.delivery());
        } else {
            task.signal();
            return Optional.empty();
        }
        return Optional.ofNullable(run);
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
        log = parts.history().now(log);
        Optional<Position> checkpoint = tenure.load();
        Position from = checkpoint.orElseGet(() -> source.locate(options.start()));
        if (checkpoint.isPresent() || tenure.save(from, List.of())) {
            Run next = runFrom(from);
            run = next;
            standing.handledBy(next.delivery());
        }
    }

    private Run runFrom(Position from) {
        int reading = log;
        AuditLedger ledger = tenure.ledgerFrom(from);
        HandledAhead ahead = tenure.ahead();
        ParkedStreams parked = tenure.parked();
        Failures failures = new Failures(title, options.onFailure(), parked, standing, this::fail);
        Delivery delivery = new Delivery(from, options, handler, this, failures, ledger, ahead, threads);
        return new Run(
                delivery,
                new ReadAhead(delivery, source, parts, reading, wakeUp),
                new Progress(delivery, tenure, () -> parts.history().confirm(reading), ledger, ahead, options),
                new ReplayWatch(parked, delivery));
    }

    private void work(Run current) {
        boolean more = true;
        while (more && !isStopped() && !tenure.isLost()) {
            if (!tenure.renew()) {
                break;
            }
            current.progress().saveWhenDue();
            more = !paused && goOn(current);
            storeFailures = 0;
            standing.moved();
            noticeLive(current);
        }
        if (tenure.isLost()) {
            task.signal();
        }
    }

    private static boolean goOn(Run current) {
        current.replays().lookWhenDue();
        return current.reading().readPage();
    }

    private void noticeLive(Run current) {
        current.reading().becameLive().ifPresent(end -> {
            standing.enter(state());
            standing.caughtUp(end);
        });
    }

    private SubscriptionState state() {
        Run current = run;
        if (storeFailures > 0) {
            return SubscriptionState.RETRYING;
        }
        if (current == null) {
            return tenure.isValid() ? SubscriptionState.STARTING : SubscriptionState.STANDBY;
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
        alarm.setIn(Math.max(next, Alarm.SHORTEST_NANOS));
    }

    private long nextDue() {
        Run current = run;
        if (current != null && tenure.isLost()) {
            return System.nanoTime() + Alarm.LONGEST_NANOS;
        }
        long next = tenure.dueAt();
        if (current != null && !isStopped() && current.progress().isUnsaved()) {
            next = earlier(next, current.progress().dueAt());
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
            standing.end(reason);
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
                        standing.position(),
                        cause.getClass().getName(),
                        reason.getMessage());
    }

    /** Nobody else is to begin while a handler is waited for. */
    private void holdWhileEnding() {
        if (!tenure.isLost() && mayUseStore() && tenure.renew()) {
            storeFailures = 0;
        }
    }

    private boolean isEnded(Delivery delivery) {
        boolean clean = failure.get() == null && !abandoned && !paused && tenure.isValid();
        if (clean && !delivery.isDrained()) {
            return false;
        }
        delivery.stop();
        return abandoned || delivery.isQuiet();
    }

    private void saveLast(@Nullable Run current) {
        try {
            if (current != null && !tenure.isLost()) {
                current.progress().saveLast();
            }
            tenure.release();
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not save its last checkpoint; what it handled since the one before comes again",
                    title,
                    e);
        }
    }
}
