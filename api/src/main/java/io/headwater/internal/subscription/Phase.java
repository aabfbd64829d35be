package io.headwater.internal.subscription;

import io.headwater.SubscriptionState;
import org.jspecify.annotations.Nullable;

/** The phase of a dispatcher. For the dispatcher's task, except {@link #run}, which any thread may call. */
sealed interface Phase permits StandbyPhase, WorkingPhase, DismissingPhase, EndingPhase, EndedPhase {

    /** Does the work that is possible now, and returns the next phase, or this one. Blocks for the store. */
    Phase step();

    /** Returns the state that users see while the store can be reached. */
    SubscriptionState state();

    /** Returns the time of the next step if no signal comes before, as {@link System#nanoTime()}. */
    long dueAt();

    /** Returns the current run; null if there is none. */
    default @Nullable Run run() {
        return null;
    }
}
