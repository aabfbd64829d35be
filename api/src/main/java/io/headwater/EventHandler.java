package io.headwater;

/**
 * Handles the events of a subscription, one at a time. Called on a thread of the library, which it may block; calls for one
 * stream never overlap and come in the stream's order, and with a parallelism of 1 that holds for all (S2).
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles an event. Returning means that it is done; the checkpoint may pass it from then on.
     *
     * @throws Exception to have it handled as the subscription's {@link FailurePolicy} says (S4)
     */
    void handle(RecordedEvent event) throws Exception;
}
