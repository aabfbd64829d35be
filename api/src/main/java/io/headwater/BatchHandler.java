package io.headwater;

import java.util.List;

/**
 * Handles the events of a subscription in batches, such as a projection that writes a batch in one transaction. It is called
 * on a thread of the library, and may block it.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles one or more events, in order. When this method returns, all of them are handled.
     *
     * @throws Exception if the events are not handled; the {@link FailurePolicy} of the subscription applies (S4). Before it
     *     skips or parks, the handler is called with parts of the batch, so that only events that fail on their own are
     *     skipped or parked
     */
    void handle(List<RecordedEvent> events) throws Exception;
}
