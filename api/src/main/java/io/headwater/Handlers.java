package io.headwater;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Blocking handlers, seen as what they are a case of: those that are done when they return. */
final class Handlers {
    static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private Handlers() {}

    static AsyncBatchHandler ofEvents(EventHandler handler) {
        ArgumentChecks.notNull(handler, "handler");
        return events -> {
            handler.handle(events.get(0));
            return DONE;
        };
    }

    static AsyncBatchHandler ofBatches(BatchHandler handler) {
        ArgumentChecks.notNull(handler, "handler");
        return events -> {
            handler.handle(events);
            return DONE;
        };
    }
}
