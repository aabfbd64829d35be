package io.headwater.internal.subscription;

import org.jspecify.annotations.Nullable;

/** The intent of a subscription: to deliver, or to end. An intent to end is final. */
sealed interface Intent {

    /** Returns whether no event may be given to the handler for now. */
    boolean isPaused();

    /** The subscription delivers events, unless it is paused. */
    record Deliver(boolean isPaused) implements Intent {}

    /**
     * The subscription ends.
     *
     * @param isPaused whether it was paused before
     * @param isAbandoned whether handlers are not waited for
     * @param failure the reason; null if the subscription was closed
     */
    record End(
            boolean isPaused, boolean isAbandoned, @Nullable Throwable failure) implements Intent {

        /** Returns whether lanes that are behind first handle what others have handled ahead of them. */
        boolean drains() {
            return failure == null && !isPaused && !isAbandoned;
        }
    }

    default boolean isEnd() {
        return this instanceof End;
    }

    default Intent pause() {
        return isEnd() ? this : new Deliver(true);
    }

    default Intent resume() {
        return isEnd() ? this : new Deliver(false);
    }

    default Intent close() {
        return isEnd() ? this : new End(isPaused(), false, null);
    }

    /** Ends the subscription for this reason. Changes nothing if it is already being closed. */
    default Intent fail(Throwable reason) {
        return isEnd() ? this : new End(isPaused(), false, reason);
    }

    /** Ends the subscription without waiting for its handlers. */
    default Intent abandon() {
        return new End(isPaused(), true, this instanceof End end ? end.failure() : null);
    }
}
