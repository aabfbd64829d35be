package io.headwater.internal.subscription;

import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.delivery.GivenBack;
import io.headwater.internal.subscription.delivery.StepwiseBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A batch of a pull subscription: which of its events is next, and the stage that ends it. Not thread-safe. */
final class PulledBatch {
    private final StepwiseBatch batch;
    private final List<RecordedEvent> events;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int next;
    private boolean taken;

    PulledBatch(StepwiseBatch batch) {
        this.batch = batch;
        this.events = batch.events();
    }

    /** Completes when all events are acknowledged, or the rest is returned unhandled. */
    CompletionStage<?> end() {
        return end;
    }

    /** Whether another event may be handled now. */
    boolean mayTake() {
        return batch.mayHandleNext();
    }

    boolean isTaken() {
        return taken;
    }

    /** The next event; the same until it is acknowledged. */
    RecordedEvent take() {
        taken = true;
        return events.get(next);
    }

    /** The event that was taken is handled. Returns whether it was the last one. */
    boolean acknowledge() {
        taken = false;
        next++;
        if (next == events.size()) {
            end.complete(null);
            return true;
        }
        batch.acknowledgeNext();
        return false;
    }

    void giveBack() {
        end.completeExceptionally(new GivenBack());
    }
}
