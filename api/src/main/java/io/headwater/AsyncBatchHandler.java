package io.headwater;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Handles the events of a subscription without blocking a thread while it waits. It is called on a thread of the library.
 * The next call for the same streams follows when the returned stage is complete.
 */
@FunctionalInterface
public interface AsyncBatchHandler {

    /**
     * Begins to handle one or more events, in order.
     *
     * @return completes when the events are handled; exceptionally if they are not, and the {@link FailurePolicy} of the
     *     subscription applies (S4)
     * @throws Exception has the same effect as a stage that completes exceptionally
     */
    CompletionStage<?> handle(List<RecordedEvent> events) throws Exception;

    /**
     * Called when the subscription is to stop and a stage is not complete. The handler SHOULD then complete it soon,
     * exceptionally if the events are not handled. May be called more than once, on any thread. Does nothing by default,
     * which is right for work that finishes by itself.
     */
    default void withdraw() {}
}
