package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.acquired;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.clocked;
import static io.headwater.tck.catalogue.support.RuleLeases.isNotGiven;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.StoredTime;
import io.headwater.tck.catalogue.support.Boundaries;
import io.headwater.tck.catalogue.support.Durable;
import io.headwater.tck.catalogue.support.Follower;
import io.headwater.tck.catalogue.support.LeaseLosses;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.TestClock;
import io.headwater.tck.rule.TestTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Leases of every term at every time, and take-overs under clocks that do what they like (K3). */
final class LeaseTermRules {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofNanos(1000);
    private static final Duration MIN_TO_WATCH = Duration.ofMinutes(30);

    static final RuleGroup GROUP = RuleGroup.of(
            "leases: terms",
            must("K3.43", "a lease lasts for its term, from a microsecond to a year", rule -> {
                        TestClock clock = new TestClock(Duration.ZERO);
                        CheckpointStore store = clocked(rule, clock);
                        Boundaries.TERMS.forEach(term -> lasts(store, rule.name(), clock, term));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must(
                            "K3.44",
                            "a lease that was not renewed for its term, up to a year, is given to another owner",
                            rule -> {
                                TestTicker ticker = new TestTicker();
                                CheckpointStore waiting = rule.facet(rule.another(ticker), CheckpointStore.class);
                                for (Duration term : Boundaries.TERMS) {
                                    if (term.compareTo(MIN_TO_WATCH) > 0) {
                                        isGivenAfter(rule, waiting, ticker, term);
                                    }
                                }
                            })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.45", "leases can be acquired and released at any time of the years 1 to 9999", rule -> {
                        TestClock clock = new TestClock(Duration.ZERO);
                        CheckpointStore store = clocked(rule, clock);
                        for (int i = 0; i < Boundaries.TIMES.size() - 1; i += 3) {
                            clock.set(Boundaries.TIMES.get(i));
                            lasts(store, rule.name(), clock, LONG);
                            clock.set(Boundaries.TIMES.get(i));
                            isGivenBack(store, rule.name());
                        }
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.46", "a stand-by takes over from a holder that died, even if its own clock went back", rule -> {
                        String name = rule.name();
                        TestClock clock = new TestClock(Duration.ZERO);
                        TestTicker ticker = new TestTicker();
                        CheckpointStore waiting = rule.facet(rule.another(clock, ticker), CheckpointStore.class);
                        Lease dead = acquired(rule.checkpoints(), name, "dead", LONG);
                        clock.move(HOUR.negated());
                        isNotGiven(waiting, name);
                        ticker.move(LONG.minusNanos(1));
                        isNotGiven(waiting, name);
                        ticker.move(Duration.ofNanos(1));
                        Lease next = acquired(waiting, name, "waiting", LONG);
                        Expect.ascending("epochs", dead.epoch(), next.epoch());
                        Expect.equal(
                                "save by the dead",
                                SaveResult.FENCED,
                                rule.checkpoints().save(dead, 0, at(rule, 1)));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.47", "a holder whose clock stands still keeps a lease that it renews", rule -> {
                        String name = rule.name();
                        TestTicker ticker = new TestTicker();
                        CheckpointStore waiting = rule.facet(rule.another(ticker), CheckpointStore.class);
                        CheckpointStore store = clocked(rule, new TestClock(HOUR));
                        Lease held = acquired(store, name, "holder", LONG);
                        for (int i = 0; i < 3; i++) {
                            isNotGiven(waiting, name);
                            ticker.move(LONG);
                            Expect.equal("renewed", true, store.renew(held, LONG));
                        }
                        isNotGiven(waiting, name);
                        Expect.equal("save", SaveResult.SAVED, store.save(held, 0, at(rule, 1)));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.48", "a clock that jumps ahead ends the lease, and its holder is fenced", rule -> {
                        String name = rule.name();
                        TestClock clock = new TestClock(Duration.ZERO);
                        CheckpointStore store = clocked(rule, clock);
                        Lease first = acquired(rule.checkpoints(), name, "holder", LONG);
                        clock.move(HOUR);
                        Lease second = acquired(store, name, "waiting", LONG);
                        Expect.ascending("epochs", first.epoch(), second.epoch());
                        Expect.equal("renewed", false, rule.checkpoints().renew(first, LONG));
                        Expect.equal(
                                "save by the first",
                                SaveResult.FENCED,
                                rule.checkpoints().save(first, 0, at(rule, 2)));
                        Expect.equal("save by the second", SaveResult.SAVED, store.save(second, 0, at(rule, 1)));
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.49", "a subscription continues while the clock goes back and jumps", rule -> {
                        Durable durable = new Durable(rule);
                        TestClock clock = new TestClock(Duration.ZERO);
                        EventStore store = rule.another(clock);
                        LeaseLosses losses = new LeaseLosses();
                        Follower follower = Follower.of(
                                rule,
                                store,
                                durable.options.checkpointEvery(1, HOUR).listener(losses));
                        for (Duration move : List.of(HOUR.negated(), HOUR.multipliedBy(-9000), LONG.dividedBy(2))) {
                            durable.isSavedUpTo(follower, durable.write(1));
                            clock.move(move);
                        }
                        durable.isSavedUpTo(follower, durable.write(1));
                        Expect.versions("handled", 1, 4, follower.handled());
                        Expect.equal("how often the lease was lost", 0, losses.count());
                    })
                    .needs(Need.SECOND_INSTANCE, Need.LEASE_CLOCK),
            must("K3.50", "leases expire by the clock that the backend declares", rule -> {
                        String name = rule.name();
                        acquired(rule.checkpoints(), name, "holder", LONG);
                        CheckpointStore ahead = clocked(rule, new TestClock(HOUR));
                        Expect.equal(
                                "the lease has run out for a store whose clock is an hour ahead",
                                ClockRules.follows(rule, StoredTime.LEASE),
                                ahead.acquire(name, "another", LONG).isPresent());
                    })
                    .needs(Need.SECOND_INSTANCE, Need.CONFIGURATION));

    private LeaseTermRules() {}

    /** From now on by this clock, and not a microsecond longer. */
    private static void lasts(CheckpointStore store, String name, TestClock clock, Duration term) {
        Lease held = acquired(store, name, "holder", term);
        Expect.equal(
                "end of a lease of " + term + " from " + clock.instant(),
                Optional.of(clock.instant().plus(term)),
                store.holder(name).map(CheckpointStore.Holder::until));
        clock.move(term.minus(TICK));
        isNotGiven(store, name);
        clock.move(TICK);
        Expect.equal("holder of a lease that ran out", Optional.empty(), store.holder(name));
        Lease next = acquired(store, name, "next", term);
        Expect.ascending("epochs", held.epoch(), next.epoch());
        store.release(next);
    }

    private static void isGivenBack(CheckpointStore store, String name) {
        store.release(acquired(store, name, "one", LONG));
        Expect.equal("holder of a lease that was released", Optional.empty(), store.holder(name));
        acquired(store, name, "two", LONG);
        store.reset(name, Position.START);
        Expect.equal("holder of a lease that was reset", Optional.empty(), store.holder(name));
        acquired(store, name, "three", LONG);
        store.forget(name);
        Expect.equal("holder of a lease that was forgotten", Optional.empty(), store.holder(name));
        store.release(acquired(store, name, "four", LONG));
    }

    private static void isGivenAfter(RuleContext rule, CheckpointStore waiting, TestTicker ticker, Duration term) {
        String name = rule.name();
        acquired(rule.checkpoints(), name, "holder", term);
        isNotGiven(waiting, name);
        ticker.move(term.minusNanos(1));
        isNotGiven(waiting, name);
        ticker.move(Duration.ofNanos(1));
        waiting.release(acquired(waiting, name, "waiting", term));
    }
}
