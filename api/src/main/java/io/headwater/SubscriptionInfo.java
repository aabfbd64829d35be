package io.headwater;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store knows about a durable subscription.
 *
 * @param name its name
 * @param selection a text that says which events it handles
 * @param position its checkpoint, up to which all events are handled
 * @param savedAt when the checkpoint was saved
 * @param holder the holder of the lease; empty if there is none
 * @param parked the number of parked events
 * @param audited whether it keeps an {@linkplain SubscriptionOptions#audited() audit}, or did in an earlier run
 * @param lag how far the checkpoint is behind the end of the log, including events that are handled but not saved yet
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
