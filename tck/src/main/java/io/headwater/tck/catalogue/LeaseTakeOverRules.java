package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.holder;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Leases that are taken from holders who do not renew them, whatever the clock says (K3). */
final class LeaseTakeOverRules {
    private static final Duration SHORT = Duration.ofMillis(100);

    static final RuleGroup GROUP = RuleGroup.of(
            "leases: taking over",
            must("K3.22", "holder() returns the holder that is listed", rule -> {
                String name = rule.name();
                Expect.equal(
                        "holder of a free lease",
                        Optional.empty(),
                        rule.checkpoints().holder(name));
                Lease lease = lease(rule, name);
                lease(rule, name + "b");
                Holder holder = holder(rule, name);
                Expect.equal("lease", lease, holder.lease());
                List<Holder> listed = rule.checkpoints().holders().stream()
                        .filter(each -> each.lease().subscription().equals(name))
                        .toList();
                Expect.equal("listed", List.of(holder), listed);
                rule.checkpoints().release(lease);
                Expect.equal(
                        "holder of a released lease",
                        Optional.empty(),
                        rule.checkpoints().holder(name));
            }),
            must("K3.23", "a lease shows the term that its holder stored last", rule -> {
                String name = rule.name();
                hasTermOf(Duration.ofMillis(60_001), rule, name, (store, term) -> store.acquire(name, "holder", term));
                hasTermOf(
                        CheckpointStore.LONGEST_TERM, rule, name, (store, term) -> store.acquire(name, "holder", term));
                hasTermOf(Duration.ofMillis(50_004), rule, name, (store, term) -> store.acquire(name, "holder", term));
                Lease lease = holder(rule, name).lease();
                hasTermOf(Duration.ofMillis(70_002), rule, name, (store, term) -> store.renew(lease, term));
                hasTermOf(Duration.ofMillis(40_005), rule, name, (store, term) -> store.renew(lease, term));
                Holder seen = holder(rule, name);
                hasTermOf(Duration.ofMillis(80_003), rule, name, (store, term) -> store.takeOver(seen, "new", term));
                Holder own = holder(rule, name);
                hasTermOf(Duration.ofMillis(30_006), rule, name, (store, term) -> store.takeOver(own, "new", term));
            }),
            must("K3.24", "a lease does not change until it is renewed", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Holder seen = holder(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 1);
                Expect.equal(
                        "another got it", Optional.empty(), rule.checkpoints().acquire(name, "another", LONG));
                Expect.equal("holder", seen, holder(rule, name));
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG));
                Expect.that(!seen.equals(holder(rule, name)), "a renewal is not seen: " + seen);
            }),
            must(
                    "K3.25",
                    "a lease that was not renewed since it was read can be taken over, and its holder is fenced",
                    rule -> {
                        String name = rule.name();
                        Lease first = lease(rule, name);
                        isTakenOver(rule, rule.checkpoints(), first);
                    }),
            must("K3.26", "a lease that was renewed since it was read cannot be taken over", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Holder seen = holder(rule, name);
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG));
                isNotTakenOver(rule, seen);
                saves(SaveResult.SAVED, rule, lease, 0, 1);
                isTakenOver(rule, rule.checkpoints(), lease);
            }),
            must("K3.27", "a lease that was lost or released since it was read cannot be taken over", rule -> {
                isNotTakenOverAfter(rule, (name, lease) -> lease(rule, name));
                isNotTakenOverAfter(rule, (name, lease) -> rule.checkpoints().release(lease));
                isNotTakenOverAfter(rule, (name, lease) -> rule.checkpoints().reset(name, at(rule, 1)));
                isNotTakenOverAfter(rule, (name, lease) -> rule.checkpoints().forget(name));
            }),
            must("K3.28", "a lease can be taken over only once with the same reading of it", rule -> {
                String name = rule.name();
                lease(rule, name);
                Holder seen = holder(rule, name);
                Lease second =
                        rule.checkpoints().takeOver(seen, "another", LONG).orElseThrow();
                isNotTakenOver(rule, seen);
                saves(SaveResult.SAVED, rule, second, 0, 1);
            }),
            must("K3.54", "a lease that expired since it was read, and was not renewed, can be taken over", rule -> {
                String name = rule.name();
                AtomicReference<Holder> seen = new AtomicReference<>();
                rule.eventually("the holder is read before its lease expires", () -> {
                    rule.checkpoints().acquire(name, "holder", SHORT);
                    rule.checkpoints().holder(name).ifPresent(seen::set);
                    return seen.get() != null;
                });
                rule.eventually(
                        "the lease expires",
                        () -> rule.checkpoints().holder(name).isEmpty());
                Optional<Lease> taken = rule.checkpoints().takeOver(seen.get(), "another", LONG);
                Expect.that(taken.isPresent(), "an expired lease was not taken over");
                saves(SaveResult.FENCED, rule, seen.get().lease(), 0, 1);
                saves(SaveResult.SAVED, rule, taken.orElseThrow(), 0, 1);
            }),
            repeated("K3.29", "of many owners that take over a lease at the same time, one gets it", rule -> {
                for (int round = 0; round < 20; round++) {
                    String name = rule.name();
                    lease(rule, name);
                    Holder seen = holder(rule, name);
                    List<Optional<Lease>> leases = Concurrently.times(
                            4, racer -> () -> rule.checkpoints().takeOver(seen, "racer" + racer, LONG));
                    Expect.equal(
                            "holders",
                            1L,
                            leases.stream().filter(Optional::isPresent).count());
                }
            }),
            must("K3.30", "another instance can take over a lease, and its holder is fenced", rule -> {
                        Lease first = lease(rule, rule.name());
                        isTakenOver(rule, rule.facet(rule.another(), CheckpointStore.class), first);
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("K3.31", "a lease is the same after a restart", rule -> {
                        String name = rule.name();
                        Lease lease = lease(rule, name);
                        Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG));
                        Holder before = holder(rule, name);
                        CheckpointStore again = rule.facet(rule.restarted(), CheckpointStore.class);
                        Expect.equal("holder", Optional.of(before), again.holder(name));
                        Expect.that(again.takeOver(before, "another", LONG).isPresent(), "it was not taken over");
                        Expect.equal("save by the old lease", SaveResult.FENCED, again.save(lease, 0, at(rule, 1)));
                    })
                    .needs(Need.RESTART));

    private LeaseTakeOverRules() {}

    private static void hasTermOf(
            Duration term, RuleContext rule, String name, BiConsumer<CheckpointStore, Duration> change) {
        change.accept(rule.checkpoints(), term);
        Expect.equal("term", term, holder(rule, name).term());
    }

    /** By this store, from the holder of this lease. */
    private static void isTakenOver(RuleContext rule, CheckpointStore by, Lease first) {
        String name = first.subscription();
        Holder seen = holder(rule, name);
        Optional<Lease> taken = by.takeOver(seen, "another", LONG);
        Expect.that(taken.isPresent(), "it was not taken over");
        Lease second = taken.orElseThrow();
        Expect.equal("subscription", name, second.subscription());
        Expect.equal("owner", "another", second.owner());
        Expect.ascending("epochs", first.epoch(), second.epoch());
        Expect.equal("lease that is held", second, holder(rule, name).lease());
        saves(SaveResult.FENCED, rule, first, 0, 3);
        Expect.equal("renewed by the first", false, rule.checkpoints().renew(first, LONG));
        Expect.equal("save by the new holder", SaveResult.SAVED, by.save(second, 0, at(rule, 2)));
        saves(SaveResult.FENCED, rule, first, 0, 3);
        Expect.equal("third holder", Optional.empty(), rule.checkpoints().acquire(name, "third", LONG));
    }

    private static void isNotTakenOver(RuleContext rule, Holder seen) {
        Expect.equal(
                "taken over by what was seen before",
                Optional.empty(),
                rule.checkpoints().takeOver(seen, "thief", LONG));
    }

    private static void isNotTakenOverAfter(RuleContext rule, BiConsumer<String, Lease> change) {
        String name = rule.name();
        Lease lease = lease(rule, name);
        Holder seen = holder(rule, name);
        change.accept(name, lease);
        isNotTakenOver(rule, seen);
    }
}
