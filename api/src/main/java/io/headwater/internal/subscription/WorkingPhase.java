package io.headwater.internal.subscription;

import io.headwater.Position;
import io.headwater.SubscriptionState;
import java.util.Optional;
import java.util.OptionalLong;

/** The lease is held. Reads pages while the buffer has room, and saves the checkpoint when that is due. */
record WorkingPhase(PhaseContext context, Run run) implements Phase {

    @Override
    public Phase step() {
        if (context.control().intent() instanceof Intent.End end) {
            return new EndingPhase(context, this, end);
        }
        if (context.lease().renew()) {
            wakeLanes();
            work();
        }
        return context.lease().isLost() ? new DismissingPhase(context, this) : this;
    }

    /** Signals lanes that found the permit closed for a moment. They are not notified when it opens again. */
    private void wakeLanes() {
        if (context.control().isOpen()) {
            run.delivery().signalIdleLanes();
        }
    }

    private void work() {
        boolean more = true;
        while (more && !context.control().isStopped() && context.lease().renew()) {
            run.saver().saveWhenDue();
            more = !context.control().intent().isPaused() && readOn();
            context.retry().succeeded();
            Optional<Position> caughtUp = run.reading().becameLive();
            context.status().enter(state());
            caughtUp.ifPresent(context.status()::caughtUp);
        }
    }

    private boolean readOn() {
        run.replays().lookWhenDue();
        return run.saver().leavesRoom() && run.reading().readPage();
    }

    @Override
    public SubscriptionState state() {
        if (context.control().intent().isPaused()) {
            return SubscriptionState.PAUSED;
        }
        if (run.delivery().isRetrying()) {
            return SubscriptionState.RETRYING;
        }
        return run.reading().isLive() ? SubscriptionState.LIVE : SubscriptionState.CATCHING_UP;
    }

    @Override
    public long dueAt() {
        long next = context.lease().dueAt();
        context.control().awaitProgress();
        OptionalLong save = run.saver().dueAt();
        if (save.isPresent()) {
            next = earlier(next, save.getAsLong());
        }
        return run.replays().isActive() ? earlier(next, run.replays().dueAt()) : next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
