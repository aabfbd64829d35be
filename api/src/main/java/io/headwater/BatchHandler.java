package io.headwater;

import java.util.List;

/**
 * Handles the events of a subscription several at a time, as a projection does that writes them in one transaction. Called
 * on a thread of the library, which it may block.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles some events, at least one, in order. Returning means that all are done.
     *
     * @throws Exception to have all of them handled again as the subscription's {@link FailurePolicy} says (S4). When that
     *     ends in skipping or parking, the batch is first taken apart, so that only what fails on its own is left out
     */
    void handle(List<RecordedEvent> events) throws Exception;
}
