package io.headwater.verification.generated;

import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import java.util.List;

/** What calls about subscriptions are about. */
final class SubscriptionCalls {
    private SubscriptionCalls() {}

    static CheckpointStore sound(Call call) {
        return call.sound().checkpoints();
    }

    static String subscription(Call call) {
        return call.argument(0) instanceof Lease lease ? lease.subscription() : (String) call.argument(0);
    }

    /** What is saved of the subscription of the call. */
    static List<Checkpoint> saved(Call call) {
        return sound(call).load(subscription(call));
    }

    static boolean isHeld(Call call, Lease lease) {
        return sound(call)
                .holder(lease.subscription())
                .filter(holder -> holder.lease().equals(lease))
                .isPresent();
    }
}
