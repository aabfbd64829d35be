package io.headwater.internal.subscription.delivery;

import io.headwater.AsyncBatchHandler;
import java.util.concurrent.CompletionStage;

/** A handler that may acknowledge the events of a batch one by one. */
public interface StepwiseHandler {

    /**
     * As {@link AsyncBatchHandler#handle}. If the stage fails with {@link GivenBack}, the events that are not acknowledged are
     * delivered again.
     */
    CompletionStage<?> handle(StepwiseBatch batch) throws Exception;

    /** As {@link AsyncBatchHandler#withdraw}. */
    void withdraw();

    /** Adapts a handler of an application, which handles a batch as a whole. */
    static StepwiseHandler of(AsyncBatchHandler handler) {
        return new StepwiseHandler() {
            @Override
            public CompletionStage<?> handle(StepwiseBatch batch) throws Exception {
                return handler.handle(batch.events());
            }

            @Override
            public void withdraw() {
                handler.withdraw();
            }
        };
    }
}
