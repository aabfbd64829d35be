package io.headwater;

import java.time.Duration;
import java.util.Optional;

/**
 * A subscription whose events the application fetches. {@link EventStore#pull} starts one. {@link #next} and {@link
 * #acknowledge} MUST NOT be called by several threads at the same time.
 */
public interface PullSubscription extends Subscription {

    /**
     * The next event. Blocks until there is one, or until the timeout elapses. Calling it acknowledges the event before, so
     * that the checkpoint may pass that. After a close, the event that was returned last is delivered again, unless it was
     * {@linkplain #acknowledge() acknowledged}.
     *
     * @return empty if the timeout elapsed
     * @throws SubscriptionEnded if the subscription ended
     * @throws OperationInterrupted if the thread was interrupted
     */
    Optional<RecordedEvent> next(Duration timeout);

    /** Marks the event that was returned last as handled. Does nothing if it is already. */
    void acknowledge();
}
