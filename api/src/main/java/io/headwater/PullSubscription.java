package io.headwater;

import java.time.Duration;
import java.util.Optional;

/**
 * A subscription whose events are fetched by the application, from {@link EventStore#pull}. For one thread at a time.
 */
public interface PullSubscription extends Subscription {

    /**
     * The next event. Asking for it says that the one before is handled: the checkpoint may pass that from then on. After a
     * close, the event that was returned last is delivered again unless it was {@linkplain #acknowledge() acknowledged}.
     *
     * @param timeout how long to wait for one
     * @return empty if none came in time
     * @throws SubscriptionEnded if the subscription ended
     * @throws OperationInterrupted if the thread was interrupted
     */
    Optional<RecordedEvent> next(Duration timeout);

    /** Says that the event that was returned last is handled. Does nothing if that was said before. */
    void acknowledge();
}
