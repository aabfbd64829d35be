package io.headwater.internal.subscription;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler for the events of its streams, one batch after the other. The only one to do so for these streams, which
 * is what keeps their order (S2).
 */
final class Lane {
    private static final Duration STORE_RETRY = Duration.ofMillis(500);
    private static final Position NO_LIMIT = Position.of(Long.MAX_VALUE);

    /** What became of a batch that was waited for; no failure means handled, or to be tried again. */
    private record Outcome(@Nullable Throwable failure, boolean again) {
        static final Outcome HANDLED = new Outcome(null, false);
        static final Outcome AGAIN = new Outcome(null, true);
    }

    private final SubscriptionOptions options;
    private final CarefulHandler handler;
    private final Gate gate;
    private final Failures failures;
    private final AuditLedger ledger;
    private final EngineThreads threads;
    private final SerialTask task;
    private final LaneQueue queue;
    private final int signalEvery;
    private final Queue<StreamId> replays = new ConcurrentLinkedQueue<>();
    private final Object runnerLock = new Object();

    private @Nullable Thread runner;
    private volatile boolean handling;
    private volatile boolean idle = true;
    private volatile boolean replaying;
    private volatile @Nullable Outcome outcome;
    private volatile boolean retrying;
    private volatile boolean halted;

    // Of the task alone.
    private boolean resting;
    private @Nullable Replay replay;
    private @Nullable List<RecordedEvent> batch;
    private int attempts;
    private int oneByOne;
    private int unsignalled;

    Lane(
            SubscriptionOptions options,
            CarefulHandler handler,
            Gate gate,
            Failures failures,
            AuditLedger ledger,
            EngineThreads threads,
            LaneQueue queue,
            int signalEvery) {
        this.options = options;
        this.handler = handler;
        this.gate = gate;
        this.failures = failures;
        this.ledger = ledger;
        this.threads = threads;
        this.queue = queue;
        this.signalEvery = signalEvery;
        this.task = threads.serial(this::work);
    }

    LaneQueue queue() {
        return queue;
    }

    /** Something was queued, or the gate opened. */
    void signal() {
        task.signal();
    }

    void replay(StreamId stream) {
        replays.add(stream);
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

    boolean isRunBy(Thread thread) {
        synchronized (runnerLock) {
            return runner == thread;
        }
    }

    void interrupt() {
        synchronized (runnerLock) {
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    private void runBy(@Nullable Thread thread) {
        synchronized (runnerLock) {
            runner = thread;
        }
    }

    /** Says that it is at work before it looks at the gate: whoever closes that looks at them the other way round. */
    private void work() {
        handling = true;
        idle = false;
        runBy(Thread.currentThread());
        try {
            settle();
            while (batch == null && mayGoOn() && begin()) {
                settle();
            }
        } catch (RuntimeException | Error e) {
            halted = true;
            batch = null;
            gate.fail(e);
        } finally {
            runBy(null);
            replaying = replay != null || !replays.isEmpty();
            idle = batch == null;
            handling = batch != null && !resting;
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
        Outcome over = outcome;
        List<RecordedEvent> current = batch;
        if (over == null || current == null) {
            return;
        }
        outcome = null;
        batch = null;
        resting = false;
        if (over.again()) {
            return;
        }
        try {
            if (over.failure() == null) {
                handled(current);
            } else if (gate.isStopped()) {
                failures.atTheEnd(current.get(0), over.failure());
                halted = true;
            } else {
                failed(current, over.failure());
            }
        } catch (EventStoreException e) {
            waitForStore(e, current, over);
        }
    }

    /** Begins the next batch, or does what comes before it. False if there is nothing to do, or nothing can be done now. */
    private boolean begin() {
        try {
            if (replay == null && attempts == 0 && !isDraining()) {
                beginReplay();
            }
            return (replay == null || isDraining()) ? beginNext() : goOn(replay);
        } catch (EventStoreException e) {
            waitForStore(e, List.of(), Outcome.AGAIN);
            return false;
        }
    }

    private void beginReplay() {
        StreamId stream = replays.peek();
        if (stream != null) {
            replay = failures.replay(stream);
            replays.remove();
        }
    }

    private boolean goOn(Replay current) {
        Optional<RecordedEvent> next = current.next();
        next.ifPresentOrElse(event -> call(List.of(event)), () -> {
            current.end();
            replay = null;
            retrying = false;
        });
        return true;
    }

    /** What is replayed when the end comes stays parked until the next beginning, and what is queued behind it parks. */
    private boolean beginNext() {
        replay = null;
        Position limit = gate.isOpen() ? NO_LIMIT : gate.drainTo();
        List<RecordedEvent> next = queue.next(oneByOne > 0 ? 1 : options.batchSize(), limit, failures::isParked);
        if (next.isEmpty()) {
            retrying = false;
            return false;
        }
        if (failures.isParked(next.get(0).stream())) {
            return parkBehind(next);
        }
        call(next);
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

    /** Whoever stops the delivery looks for what is waited for after that; here it is the other way round. */
    private void call(List<RecordedEvent> events) {
        batch = events;
        if (handler.call(events, this::end)) {
            outcome = Outcome.HANDLED;
        } else if (outcome == null && gate.isStopped()) {
            handler.withdraw();
        }
    }

    private void end(@Nullable Throwable failure) {
        outcome = failure == null ? Outcome.HANDLED : new Outcome(failure, false);
        task.signal();
    }

    /** What the handler was given goes to the ledger, not what is taken out of the queue: they must turn out the same. */
    private void handled(List<RecordedEvent> events) {
        if (replay == null) {
            ledger.handled(events);
        }
        done(events);
    }

    private void leftOut(List<RecordedEvent> events) {
        if (replay == null) {
            ledger.leftOut(events.get(0));
        }
        done(events);
    }

    private void done(List<RecordedEvent> events) {
        if (replay != null) {
            failures.replayed(events.get(0));
            replay.advance();
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
        } else if (failures.giveUp(events.get(0), attempt, failure, replay != null)) {
            leave(events);
        }
    }

    private void leave(List<RecordedEvent> events) {
        if (replay != null && failures.parks()) {
            replay.giveUp();
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

    /** Goes on after a while, without holding a thread: tries the same events again, or only writes down what became of them. */
    private void waitFor(List<RecordedEvent> events, long nanos, Outcome then) {
        retrying = true;
        resting = true;
        batch = events;
        threads.later(nanos, () -> {
            outcome = then;
            task.signal();
        });
    }
}
