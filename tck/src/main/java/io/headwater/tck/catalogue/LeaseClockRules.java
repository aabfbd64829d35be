package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.acquired;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.clocked;
import static io.headwater.tck.catalogue.support.RuleLeases.holder;
import static io.headwater.tck.catalogue.support.RuleLeases.isNotGiven;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import io.headwater.tck.rule.TestTicker;
import java.time.Duration;
import java.util.Optional;

/** Leases under clocks that stand still, jump, go back and differ (K3). */
final class LeaseClockRules {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofNanos(1000);

    static final RuleGroup GROUP = RuleGroup.of(
            "leases: clocks",
            must(
                            "K3.32",
                            "a lease that was not renewed for its term is given to another owner, whatever the clock says",
                            rule -> {
                                String name = rule.name();
                                TestTicker ticker = new TestTicker();
                                CheckpointStore waiting = rule.facet(rule.another(ticker), CheckpointStore.class);
                                Lease first = acquired(rule.checkpoints(), name, "holder", LONG);
                                isNotGiven(waiting, name);
                                ticker.move(LONG.minusNanos(1));
                                isNotGiven(waiting, name);
                                ticker.move(Duration.ofNanos(1));
                                Lease second = acquired(waiting, name, "waiting", LONG);
                                Expect.ascending("epochs", first.epoch(), second.epoch());
                                RuleLeases.saves(SaveResult.FENCED, rule, first, 0, 2);
                                Expect.equal(
                                        "save by the new holder",
                                        SaveResult.SAVED,
                                        waiting.save(second, 0, at(rule, 1)));
                                isNotGiven(rule.checkpoints(), name);
                            })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.33", "a lease that is renewed is not given to another owner, however long it waits", rule -> {
                        String name = rule.name();
                        TestTicker ticker = new TestTicker();
                        CheckpointStore waiting = rule.facet(rule.another(ticker), CheckpointStore.class);
                        Lease held = acquired(rule.checkpoints(), name, "holder", LONG);
                        for (int i = 0; i < 4; i++) {
                            isNotGiven(waiting, name);
                            ticker.move(LONG.minusNanos(1));
                            isNotGiven(waiting, name);
                            Expect.equal("renewed", true, rule.checkpoints().renew(held, LONG));
                        }
                        RuleLeases.saves(SaveResult.SAVED, rule, held, 0, 1);
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.34", "the term that counts is the one that the holder stored last", rule -> {
                        String name = rule.name();
                        TestTicker ticker = new TestTicker();
                        CheckpointStore waiting = rule.facet(rule.another(ticker), CheckpointStore.class);
                        Lease held = acquired(rule.checkpoints(), name, "holder", LONG);
                        Expect.equal("renewed", true, rule.checkpoints().renew(held, LONG.multipliedBy(3)));
                        Expect.equal("lease", Optional.empty(), waiting.acquire(name, "waiting", SHORT));
                        ticker.move(LONG.multipliedBy(2));
                        Expect.equal("lease", Optional.empty(), waiting.acquire(name, "waiting", SHORT));
                        ticker.move(LONG);
                        acquired(waiting, name, "waiting", SHORT);
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.35", "a stand-by takes over from a holder that died, whatever the clock says", rule -> {
                        Durable durable = new Durable(rule);
                        Position last = durable.write(2);
                        acquired(rule.checkpoints(), durable.name, "dead", LONG);
                        TestTicker ticker = new TestTicker();
                        Follower follower = standBy(rule, durable, rule.another(ticker));
                        isWaitedFor(follower, durable, rule);
                        ticker.move(LONG);
                        follower.reaches(last);
                        Expect.versions("handled", 1, 2, follower.handled());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.36", "a stand-by takes over from a holder that died and whose clock was ahead", rule -> {
                        Durable durable = new Durable(rule);
                        Position last = durable.write(2);
                        acquired(clocked(rule, new TestClock(LONG)), durable.name, "dead", SHORT);
                        Follower follower = standBy(rule, durable, rule.store());
                        follower.reaches(last);
                        Expect.versions("handled", 1, 2, follower.handled());
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.37", "a lease expires by the clock of the store that acquires it", rule -> {
                        String name = rule.name();
                        TestClock clock = new TestClock(Duration.ZERO);
                        CheckpointStore store = clocked(rule, clock);
                        acquired(store, name, "holder", LONG);
                        clock.move(LONG.minus(TICK));
                        isNotGiven(store, name);
                        Expect.that(store.holder(name).isPresent(), "a lease that has not run out has no holder");
                        clock.move(TICK);
                        Expect.equal("holder of a lease that ran out", Optional.empty(), store.holder(name));
                        acquired(store, name, "waiting", LONG);
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.38", "a clock that goes back does not free a lease, and its holder can renew it", rule -> {
                        String name = rule.name();
                        TestClock clock = new TestClock(Duration.ZERO);
                        CheckpointStore store = clocked(rule, clock);
                        Lease held = acquired(store, name, "holder", LONG);
                        clock.move(LONG.multipliedBy(-6));
                        isNotGiven(store, name);
                        Expect.equal("renewed", true, store.renew(held, LONG));
                        isNotGiven(store, name);
                        Expect.equal("save", SaveResult.SAVED, store.save(held, 0, at(rule, 1)));
                        Expect.equal(
                                "end of the lease",
                                clock.instant().plus(LONG),
                                store.holder(name).orElseThrow().until());
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.39", "a renewal changes the lease even if the clock stands still", rule -> {
                        String name = rule.name();
                        CheckpointStore store = clocked(rule, new TestClock(Duration.ZERO));
                        Lease held = acquired(store, name, "holder", LONG);
                        for (int i = 0; i < 2; i++) {
                            Holder seen = store.holder(name).orElseThrow();
                            Expect.equal("renewed", true, store.renew(held, LONG));
                            Expect.equal(
                                    "taken over by what was seen before",
                                    Optional.empty(),
                                    store.takeOver(seen, "thief", LONG));
                        }
                        Expect.equal("save", SaveResult.SAVED, store.save(held, 0, at(rule, 1)));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK));

    private LeaseClockRules() {}

    /** One that looks often whether it can take over. */
    private static Follower standBy(RuleContext rule, Durable durable, EventStore store) {
        Follower follower = Follower.of(rule, store, durable.options.leaseTerm(SHORT));
        follower.enters(SubscriptionState.STANDBY);
        return follower;
    }

    /** It has looked at the lease once the holder is known to it, and handled nothing. */
    private static void isWaitedFor(Follower follower, Durable durable, RuleContext rule) {
        Expect.equal("holder", "dead", holder(rule, durable.name).lease().owner());
        Expect.none("handled", follower.begun());
    }
}
