package io.headwater;

/** What a subscription is doing (S3). */
public enum SubscriptionState {
    /** It has not read anything yet. */
    STARTING,
    /** Another holder runs the subscription of this name; this one takes over when that closes or dies (K3). */
    STANDBY,
    /** It handles history. */
    CATCHING_UP,
    /** It has handled all there was, and waits for what is appended. */
    LIVE,
    /** The store cannot be reached, or a handler failed: it tries again after a while. */
    RETRYING,
    /** It was told to wait. */
    PAUSED,
    /** It ended because it had to; {@link Subscription#completion()} says why. */
    FAILED,
    /** It was closed. */
    CLOSED;

    /** Whether it is over for good. */
    public boolean isFinal() {
        return this == FAILED || this == CLOSED;
    }
}
