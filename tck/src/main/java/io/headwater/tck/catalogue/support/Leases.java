package io.headwater.tck.catalogue.support;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.Optional;

/** Leases of subscriptions, and checkpoints that are saved with them. */
public final class Leases {
    /** A term that does not end while a rule runs. */
    public static final Duration LONG = Duration.ofMinutes(10);

    private Leases() {}

    public static Lease lease(RuleContext rule, String subscription) {
        Optional<Lease> lease = rule.checkpoints().acquire(subscription, "holder", LONG);
        Expect.that(lease.isPresent(), "the lease of '" + subscription + "' is free, and was not given");
        return lease.orElseThrow();
    }

    public static void saves(SaveResult expected, RuleContext rule, Lease lease, int partition, int position) {
        SaveResult result = rule.checkpoints().save(lease, partition, at(rule, position));
        Expect.equal("save of position number %s for partition %s".formatted(position, partition), expected, result);
    }

    /** One of ten positions that the store gave, in their order from 1. */
    public static Position at(RuleContext rule, int number) {
        return rule.position(number);
    }

    public static Holder holder(RuleContext rule, String name) {
        Optional<Holder> holder = rule.checkpoints().holder(name);
        Expect.that(holder.isPresent(), "the lease of '" + name + "' is held, and has no holder");
        return holder.orElseThrow();
    }
}
