package io.headwater;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Handles the events of a subscription without holding a thread while it waits. Called on a thread of the library; the next
 * call for the same streams comes when the returned stage is complete.
 */
@FunctionalInterface
public interface AsyncBatchHandler {

    /**
     * Begins to handle some events, at least one, in order.
     *
     * @return complete when they are done, exceptionally to have them handled as the subscription's {@link FailurePolicy}
     *     says (S4)
     * @throws Exception as a stage that is complete exceptionally
     */
    CompletionStage<?> handle(List<RecordedEvent> events) throws Exception;

    /**
     * The subscription is to stop, and a stage is not complete yet: complete it soon, exceptionally if the events are not
     * handled. May be called more than once, on any thread. Does nothing by default, which is right for work that ends by
     * itself.
     */
    default void withdraw() {}
}
