package io.headwater.internal.subscription;

import io.headwater.RecordedEvent;
import io.headwater.internal.subscription.delivery.GivenBack;
import io.headwater.internal.subscription.delivery.StepwiseBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A batch of a pull subscription: the place of the next event, and the stage that ends the batch. Not thread-safe. */
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

    /** Returns the stage that completes when all events are acknowledged, or when the rest is returned unhandled. */
    CompletionStage<?> end() {
        return end;
    }

    /** Returns whether another event may be handled now. */
    boolean mayTake() {
        return batch.mayHandleNext();
    }

    boolean isTaken() {
        return taken;
    }

    /** Returns the next event, which is the same until it is acknowledged. */
    RecordedEvent take() {
        taken = true;
        return events.get(next);
    }

    /** Acknowledges the event that was taken. Returns whether it was the last one. */
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
