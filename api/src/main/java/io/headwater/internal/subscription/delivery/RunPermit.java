package io.headwater.internal.subscription.delivery;

import io.headwater.Position;

/** What the lanes of one run may do: what the subscription permits, until the run drains, and nothing once it is stopped. */
final class RunPermit {

    /** At the end of a run, lanes may go on up to a position although no permit is open. */
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

    /** Whether the handler may be called now. */
    boolean isOpen() {
        return !phase.stopped && subscription.isOpen();
    }

    /** How far the handler may still be called although the permit is not open; {@link Position#START} if it may not. */
    Position drainTo() {
        return subscription.isHeld() ? phase.drainTo : Position.START;
    }

    boolean isDraining() {
        return drainTo().isAfter(Position.START);
    }

    /** Whether nothing is to be begun or waited for. */
    boolean isStopped() {
        return phase.stopped || subscription.isStopped();
    }

    /** Whether this run is over, so that its failures do not concern the subscription any more. */
    boolean isOver() {
        return phase.stopped;
    }
}
