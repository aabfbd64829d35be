package io.headwater.tck.catalogue.support;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.TestClock;
import java.time.Duration;
import java.util.Optional;

/** Leases of subscriptions, and checkpoints that are saved with them. */
public final class RuleLeases {
    /** A term that does not end while a rule runs. */
    public static final Duration LONG = Duration.ofMinutes(10);

    /** How many positions there are for {@link #at}. */
    public static final int POSITIONS = 10;

    private RuleLeases() {}

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

    /** The checkpoints of another instance, with this clock. */
    public static CheckpointStore clocked(RuleContext rule, TestClock clock) {
        return rule.facet(rule.another(clock), CheckpointStore.class);
    }

    public static Lease acquired(CheckpointStore store, String name, String owner, Duration term) {
        Optional<Lease> lease = store.acquire(name, owner, term);
        Expect.that(lease.isPresent(), "the lease of '" + name + "' was not given to '" + owner + "'");
        return lease.orElseThrow();
    }

    public static void isNotGiven(CheckpointStore store, String name) {
        Expect.equal("lease for another", Optional.empty(), store.acquire(name, "another", LONG));
    }
}
