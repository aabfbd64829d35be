package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import java.util.List;

/** Where the events of a lane come from, and what is done with them when the handler is: queued events, or a replay. For the lane's task. */
sealed interface LaneWork permits QueuedWork, ReplayWork {

    /** The events to handle next, the same until they are done with; none if there are none. */
    List<RecordedEvent> next();

    /** The handler has handled these events, which were the next ones. */
    void handled(List<RecordedEvent> events);

    /**
     * The last attempt to handle an event failed, which was the next one.
     *
     * @return whether to go on behind it; not if the subscription ends, or its lease was lost
     */
    boolean giveUp(RecordedEvent event, int attempts, Throwable failure);
}
