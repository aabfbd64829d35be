package io.headwater.internal.subscription.delivery;

import io.headwater.Position;

/**
 * What the lanes of a run may do: what the permit of the subscription allows; after that, what is needed to drain the run; and
 * nothing once the run is stopped.
 */
final class RunPermit {

    /** The phase of a run. At its end, lanes may continue up to a position although the permit is closed. */
    private record Phase(boolean stopped, Position drainTo) {
        static final Phase DELIVERING = new Phase(false, Position.START);
        static final Phase STOPPED = new Phase(true, Position.START);
    }

    private final Permit subscription;
    private volatile Phase phase = Phase.DELIVERING;

    RunPermit(Permit subscription) {
        this.subscription = subscription;
    }

    void drain(Position upTo) {
        phase = new Phase(false, upTo);
    }

    void stop() {
        phase = Phase.STOPPED;
    }

    /** Returns whether the handler may be called now. */
    boolean isOpen() {
        return !phase.stopped && subscription.isOpen();
    }

    /**
     * Returns the position up to which the handler may be called although the permit is closed; {@link Position#START} if it may
     * not.
     */
    Position drainTo() {
        return subscription.isHeld() ? phase.drainTo : Position.START;
    }

    boolean isDraining() {
        return drainTo().isAfter(Position.START);
    }

    /** Returns whether nothing may begin. */
    boolean isStopped() {
        return phase.stopped || subscription.isStopped();
    }

    /** Returns whether this run is over, so that its failures no longer affect the subscription. */
    boolean isOver() {
        return phase.stopped;
    }
}
