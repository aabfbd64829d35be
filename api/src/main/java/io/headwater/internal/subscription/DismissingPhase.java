package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.schedule.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease was lost. Waits for the handlers and the save that began under it, before another lease is acquired. */
record DismissingPhase(PhaseContext context, WorkingPhase former) implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(DismissingPhase.class);

    @Override
    public Phase step() {
        if (context.control().intent() instanceof Intent.End end) {
            return new EndingPhase(context, this, end);
        }
        context.leaseReport().lost();
        Delivery delivery = run().delivery();
        delivery.stop();
        if (!delivery.isQuiet() || !former.run().saver().isQuiet()) {
            return this;
        }
        LOG.info(
                "{} was taken over by another holder, or reset",
                context.subscription().title());
        context.leaveTail();
        return new StandbyPhase(context);
    }

    @Override
    public SubscriptionState state() {
        return former.state();
    }

    /** Never: the end of a handler and of a save is signalled. */
    @Override
    public long dueAt() {
        return System.nanoTime() + Alarm.MAX_NANOS;
    }

    @Override
    public Run run() {
        return former.run();
    }
}
