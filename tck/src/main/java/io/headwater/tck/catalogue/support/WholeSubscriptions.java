package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;

import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subscriptions in every state that a store can give them. */
final class WholeSubscriptions {
    static final String MARK = "mark";

    final List<String> names = new ArrayList<>();

    /** Leases that are held. */
    final List<Lease> held = new ArrayList<>();

    /** Leases that were lost or released. */
    final List<Lease> former = new ArrayList<>();

    /** How leases were seen before they were lost. */
    final List<Holder> stale = new ArrayList<>();

    /** A subscription that ran, parked events and was audited. */
    final String parking;

    private final RuleContext rule;
    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final String name;

    WholeSubscriptions(RuleContext rule, EventStore store, String name) {
        this.rule = rule;
        this.store = store;
        this.name = name;
        this.parking = name + "parking";
        this.checkpoints = rule.facet(store, CheckpointStore.class);
    }

    void fill(WholeStreams streams) {
        held();
        lost();
        cleared();
        ranOut();
        many();
        parked(streams);
    }

    private Lease acquired(String subscription, String owner) {
        names.add(subscription);
        Optional<Lease> lease = checkpoints.acquire(subscription, owner, LONG);
        Expect.that(lease.isPresent(), "the lease of '" + subscription + "' is free, and was not given");
        return lease.orElseThrow();
    }

    /** One that has checkpoints of several partitions and records of two kinds. */
    private Lease saved(String subscription) {
        Lease lease = acquired(subscription, "owner");
        checkpoints.save(lease, 0, at(5), List.of(note("a", "1"), note("b", "1"), note("c", "1")));
        checkpoints.save(lease, 1, at(3), List.of(note("b", "2"), RecordChange.remove(Records.NOTE, "c")));
        checkpoints.save(lease, 7, at(9));
        checkpoints.change(lease, List.of(mark("a"), mark("z")));
        checkpoints.change(lease, List.of(note("d", "1")));
        checkpoints.change(lease, List.of(RecordChange.remove(Records.NOTE, "d")));
        checkpoints.change(subscription, List.of(mark("by a tool"), note("e", "1")));
        checkpoints.change(subscription, List.of(RecordChange.remove(Records.NOTE, "e")));
        return lease;
    }

    private Position at(int number) {
        return RuleLeases.at(rule, number);
    }

    private static RecordChange mark(String key) {
        return RecordChange.put(MARK, key, Metadata.of(Map.of("key", key)));
    }

    private void held() {
        Lease lease = saved(name + "held");
        checkpoints.renew(lease, LONG.multipliedBy(2));
        held.add(lease);
        checkpoints.change(name + "never ran", List.of(note("a", "1")));
        names.add(name + "never ran");
    }

    private void lost() {
        Lease released = saved(name + "released");
        checkpoints.release(released);
        former.add(released);
        Lease lost = saved(name + "taken over");
        Holder seen = checkpoints.holder(lost.subscription()).orElseThrow();
        stale.add(seen);
        former.add(lost);
        held.add(checkpoints.takeOver(seen, "another", LONG).orElseThrow());
        former.add(saved(name + "again"));
        held.add(acquired(name + "again", "owner"));
    }

    private void cleared() {
        Lease reset = saved(name + "reset");
        checkpoints.reset(reset.subscription(), at(2));
        Lease forgotten = saved(name + "forgotten");
        checkpoints.forget(forgotten.subscription());
        Lease resetByTool = saved(name + "reset by a tool");
        store.subscriptions().reset(resetByTool.subscription(), at(4));
        Lease forgottenByTool = saved(name + "forgotten by a tool");
        store.subscriptions().forget(forgottenByTool.subscription());
        former.addAll(List.of(reset, forgotten, resetByTool, forgottenByTool));
    }

    private void ranOut() {
        Lease lease = saved(name + "ran out");
        checkpoints.renew(lease, Duration.ofMillis(1));
        rule.eventually(
                "the lease ran out",
                () -> checkpoints.holder(lease.subscription()).isEmpty());
    }

    private void many() {
        Lease one = acquired(name + "one of many", "owner");
        Lease two = acquired(name + "two of many", "owner");
        checkpoints.renewAll(List.of(one, two), LONG.multipliedBy(3));
        checkpoints.saveAll(List.of(
                new Save(one, 0, at(6), List.of(note("a", "6"))), new Save(two, 1, at(7), List.of(note("a", "7")))));
        held.addAll(List.of(one, two));
    }

    /** The events of two of three streams fail: one is to be replayed, and one is dropped. */
    private void parked(WholeStreams streams) {
        List<StreamId> three = List.of(parked("replayed"), parked("dropped"), parked("handled"));
        SubscriptionOptions options = SubscriptionOptions.durable(parking)
                .category(name + "p")
                .onFailure(FailurePolicy.park())
                .audited();
        Follower follower = Follower.of(rule, store, options, event -> {
            if (!event.stream().equals(three.get(2))) {
                throw new IllegalStateException("fails on purpose");
            }
        });
        three.forEach(stream -> streams.write(stream, any(), 2));
        follower.passes(rule.appendedTo());
        follower.subscription().close();
        names.add(parking);
        store.subscriptions().replay(parking, three.get(0));
        store.subscriptions().drop(parking, three.get(1));
        store.subscriptions().replay(parking);
        store.subscriptions().drop(name + "never ran");
    }

    private StreamId parked(String what) {
        return StreamId.of(name + "p", what);
    }
}
