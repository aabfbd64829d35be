package io.headwater.internal.subscription;

import org.jspecify.annotations.Nullable;

/** What was asked of a subscription: to deliver, or to end. An end stays an end. */
sealed interface Intent {

    /** Whether no event is to be handed to the handler for now. */
    boolean isPaused();

    /** To deliver events, unless it is paused. */
    record Deliver(boolean isPaused) implements Intent {}

    /**
     * To end.
     *
     * @param isPaused as it was before
     * @param isAbandoned whether handlers are not waited for
     * @param failure the reason; null if the subscription was closed
     */
    record End(
            boolean isPaused, boolean isAbandoned, @Nullable Throwable failure) implements Intent {

        /** Whether lanes come up to each other first. */
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

    /** A failure of what is being closed does not matter any more. */
    default Intent fail(Throwable reason) {
        return isEnd() ? this : new End(isPaused(), false, reason);
    }

    /** Does not wait for handlers any longer. */
    default Intent abandon() {
        return new End(isPaused(), true, this instanceof End end ? end.failure() : null);
    }
}
