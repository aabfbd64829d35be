package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.schedule.Alarm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Waits for handlers and a save in progress, saves the last checkpoint and releases the lease. */
record EndingPhase(PhaseContext context, Phase former, Intent.End begun) implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(EndingPhase.class);

    @Override
    public Phase step() {
        Run run = run();
        if (run != null && !(isEnded(run.delivery()) && run.saver().isQuiet())) {
            keepLease();
            return this;
        }
        context.leaveTail();
        saveLast(run);
        Throwable reason = begun.failure();
        if (reason != null) {
            report(reason);
        }
        context.status().end(reason);
        return new EndedPhase(reason == null ? SubscriptionState.CLOSED : SubscriptionState.FAILED);
    }

    /**
     * Returns whether no handler is at work, or the handlers are not waited for: the subscription may have been abandoned since
     * the end began.
     */
    private boolean isEnded(Delivery delivery) {
        boolean abandoned = context.control().intent() instanceof Intent.End end && end.isAbandoned();
        boolean drains = begun.drains() && !abandoned && context.lease().isValid();
        if (drains && !delivery.isDrained()) {
            return false;
        }
        delivery.stop();
        return abandoned || delivery.isQuiet();
    }

    /** Renews the lease, so that no other holder begins while a handler is still at work. */
    private void keepLease() {
        if (!context.lease().isLost()
                && context.retry().mayUseStore()
                && context.lease().renew()) {
            context.retry().succeeded();
        }
    }

    private void saveLast(@Nullable Run run) {
        try {
            if (run != null && !context.lease().isLost()) {
                run.saver().saveLast();
            }
            boolean lost = context.lease().isLost();
            context.lease().release();
            if (lost) {
                context.leaseReport().lost();
            } else {
                context.leaseReport().released();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "{} could not save its last checkpoint; what it handled since the one before comes again",
                    context.subscription().title(),
                    e);
        }
    }

    /**
     * Logs the failure, because the application may never ask for it. Names only the class of its cause, whose message may
     * contain a payload.
     */
    private void report(Throwable reason) {
        Throwable cause = Objects.requireNonNullElse(reason.getCause(), reason);
        boolean durable = context.subscription().options().name().isPresent();
        LOG.atLevel(durable ? Level.ERROR : Level.WARN)
                .log(
                        "{} ended at position {} and handles no further event until it is opened again, because of {}: {}",
                        context.subscription().title(),
                        context.status().position(),
                        cause.getClass().getName(),
                        reason.getMessage());
    }

    @Override
    public SubscriptionState state() {
        return former.state();
    }

    @Override
    public long dueAt() {
        boolean lost = run() != null && context.lease().isLost();
        return lost ? System.nanoTime() + Alarm.MAX_NANOS : context.lease().dueAt();
    }

    @Override
    public @Nullable Run run() {
        return former.run();
    }
}
