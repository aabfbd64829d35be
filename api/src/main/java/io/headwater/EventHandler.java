package io.headwater;

/**
 * Handles the events of a subscription one at a time. It is called on a thread of the library, and may block it. Calls for
 * one stream do not overlap, and follow the order of the stream. With a parallelism of 1, this holds for all streams (S2).
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles an event. When this method returns, the event is handled, and the checkpoint may pass it.
     *
     * @throws Exception if the event is not handled; the {@link FailurePolicy} of the subscription applies (S4)
     */
    void handle(RecordedEvent event) throws Exception;
}
