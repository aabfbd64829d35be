package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.schedule.EngineThreads;
import io.headwater.spi.CheckpointStore;
import java.util.function.Supplier;

/**
 * The calls that the durable subscriptions of a store make together.
 *
 * @param renewals renews their leases
 * @param saves saves their checkpoints
 */
public record SharedCalls(LeaseRenewals renewals, CheckpointSaves saves) {

    /** Creates an instance for a store, which is requested when it is needed. */
    public static SharedCalls of(Supplier<CheckpointStore> checkpoints, EngineThreads threads) {
        return new SharedCalls(new LeaseRenewals(checkpoints, threads), new CheckpointSaves(checkpoints));
    }
}
