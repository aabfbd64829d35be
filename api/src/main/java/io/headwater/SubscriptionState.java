package io.headwater;

/** The state of a subscription (S3). */
public enum SubscriptionState {
    /** It has not read anything yet. */
    STARTING,
    /** It waits for the lease, which another subscription of the same name holds (K3). */
    STANDBY,
    /** It handles history. */
    CATCHING_UP,
    /** It has handled all events, and waits for new ones. */
    LIVE,
    /** The store cannot be reached, or a handler failed. It will try again. */
    RETRYING,
    /** It was paused. */
    PAUSED,
    /** It failed. {@link Subscription#completion()} has the reason. */
    FAILED,
    /** It was closed. */
    CLOSED;

    /** Whether the state never changes again. */
    public boolean isFinal() {
        return this == FAILED || this == CLOSED;
    }
}
