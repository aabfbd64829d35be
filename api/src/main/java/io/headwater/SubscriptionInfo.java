package io.headwater;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store knows of a durable subscription.
 *
 * @param name its name
 * @param selection which events it handles, in words
 * @param position its checkpoint: everything up to here is handled
 * @param savedAt when that was saved
 * @param holder who runs it; empty if no process does
 * @param parked how many events are parked
 * @param audited whether it kept an {@linkplain SubscriptionOptions#audited() audit}, in the last run or one before
 * @param lag how far the checkpoint is behind; what is handled and not yet saved counts
 */
public record SubscriptionInfo(
        String name,
        String selection,
        Position position,
        Instant savedAt,
        Optional<String> holder,
        long parked,
        boolean audited,
        SubscriptionLag lag) {}
