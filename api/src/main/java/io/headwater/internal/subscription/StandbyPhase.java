package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import java.util.Optional;

/** No run has begun, because another holder has the lease, or the checkpoint could not be read yet. */
record StandbyPhase(PhaseContext context) implements Phase {

    @Override
    public Phase step() {
        if (context.control().intent() instanceof Intent.End end) {
            return new EndingPhase(context, this, end);
        }
        if (!context.lease().acquire()) {
            context.leaseReport().lost();
            return this;
        }
        context.leaseReport().acquired();
        Optional<Run> begun = context.runs().begin();
        context.retry().succeeded();
        begun.ifPresentOrElse(run -> context.status().handledBy(run.delivery()), context.leaseReport()::lost);
        return begun.<Phase>map(run -> new WorkingPhase(context, run)).orElse(this);
    }

    @Override
    public SubscriptionState state() {
        return context.lease().isValid() ? SubscriptionState.STARTING : SubscriptionState.STANDBY;
    }

    @Override
    public long dueAt() {
        return context.lease().dueAt();
    }
}
