package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.spi.CheckpointStore;
import java.util.function.Supplier;

/**
 * What the durable subscriptions of a store do together.
 *
 * @param renewals of their leases
 * @param saves of their checkpoints
 */
public record SharedCalls(LeaseRenewals renewals, CheckpointSaves saves) {

    /** Calls of this store, which is asked for when it is needed. */
    public static SharedCalls of(Supplier<CheckpointStore> checkpoints, EngineThreads threads) {
        return new SharedCalls(new LeaseRenewals(checkpoints, threads), new CheckpointSaves(checkpoints));
    }
}
