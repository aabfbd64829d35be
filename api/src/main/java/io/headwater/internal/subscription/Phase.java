package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import org.jspecify.annotations.Nullable;

/** Where a dispatcher stands. For its task; {@link #run} also for other threads. */
sealed interface Phase permits StandbyPhase, WorkingPhase, DismissingPhase, EndingPhase, EndedPhase {

    /** Does what there is to do now. Blocks for the store. Returns the phase that comes next, or this one. */
    Phase step();

    /** What users see, as long as the store can be reached. */
    SubscriptionState state();

    /** When to step again at the latest, as {@link System#nanoTime()}, although no signal came. */
    long dueAt();

    /** The run that has begun and is not over. */
    default @Nullable Run run() {
        return null;
    }
}
