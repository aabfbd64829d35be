package io.headwater.internal.subscription;

import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.schedule.Alarm;
import io.headwater.internal.subscription.schedule.SerialTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs everything of a subscription except its handler: holds the lease, reads pages, saves the checkpoint, and ends the
 * subscription. All of this happens in one serial task. The task is signalled when something may have changed, and goes from
 * {@link Phase} to phase.
 */
final class Dispatcher {
    private final SerialTask task;
    private final Alarm alarm;
    private final Control control;
    private final StoreRetry retry;
    private final SubscriptionStatus status;
    private final Runnable ended;
    private volatile Phase phase;

    /**
     * Creates a dispatcher that does nothing until it is signalled.
     *
     * @param ended is called when the subscription has ended
     */
    Dispatcher(SubscriptionContext subscription, Runnable ended) {
        this.ended = ended;
        this.status = subscription.status();
        this.task = subscription.engine().threads().serial(this::step);
        Runnable wakeUp = task::signalNext;
        this.alarm = new Alarm(subscription.engine().threads(), task::signal);
        this.control = new Control(subscription, task::signal);
        this.retry = new StoreRetry(subscription.title());
        RunFactory runs = new RunFactory(subscription, control, wakeUp);
        this.phase = new StandbyPhase(
                new PhaseContext(subscription, control, retry, runs, new LeaseReport(subscription), wakeUp));
    }

    void signal() {
        control.changed();
    }

    /** Changes the intent, for example with {@code Intent::close}. Any thread. */
    void ask(UnaryOperator<Intent> change) {
        control.ask(change);
    }

    /** Any thread. */
    void interruptHandlers() {
        withRun(run -> run.delivery().interruptHandlers());
    }

    /** Returns whether the calling thread is inside the handler of this subscription. */
    boolean isInsideHandler() {
        Run run = phase.run();
        return run != null && run.delivery().isRunBy(Thread.currentThread());
    }

    /** Makes the run check at once whether a replay or a drop of parked events was requested. Any thread. */
    void lookForReplays() {
        withRun(run -> {
            run.replays().want();
            signal();
        });
    }

    private void withRun(Consumer<Run> action) {
        Run run = phase.run();
        if (run != null) {
            action.accept(run);
        }
    }

    private void step() {
        if (phase instanceof EndedPhase) {
            return;
        }
        try {
            advance();
        } catch (EventStoreException e) {
            if (e.retry() == Retry.NEVER) {
                control.failed(e);
            } else {
                retry.failed(e);
            }
        } catch (RuntimeException | Error e) {
            control.failed(e);
        }
        afterStep();
    }

    private void advance() {
        boolean ends = control.isStopped();
        if (!ends && !retry.mayUseStore()) {
            return;
        }
        Phase before;
        do {
            before = phase;
            phase = before.step();
            enterState();
        } while (!phase.equals(before));
        if (!ends) {
            retry.succeeded();
        }
    }

    private void afterStep() {
        if (phase instanceof EndedPhase) {
            alarm.cancel();
            ended.run();
        } else {
            enterState();
            setAlarm();
        }
    }

    private void enterState() {
        status.enter(retry.isWaiting() ? SubscriptionState.RETRYING : phase.state());
    }

    private void setAlarm() {
        long dueAt = retry.isWaiting() ? retry.dueAt() : phase.dueAt();
        alarm.setIn(Math.max(dueAt - System.nanoTime(), Alarm.MIN_NANOS));
    }
}
