package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * The source of a lane's events, and what happens with them after the handler was called: queued events, or a replay. For the
 * lane's task.
 */
sealed interface LaneWork permits QueuedWork, ReplayWork {

    /** Returns the events to handle next, which are the same until they are finished. Empty if there are none. */
    List<RecordedEvent> next();

    /** Called when the handler has handled these events, which were the next ones. */
    void handled(List<RecordedEvent> events);

    /**
     * Called when the last attempt to handle an event failed, which was the next one.
     *
     * @return whether to continue behind it; false if the subscription ends, or its lease was lost
     */
    boolean giveUp(RecordedEvent event, int attempts, Throwable failure);
}
