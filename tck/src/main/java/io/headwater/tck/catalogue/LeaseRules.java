package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.catalogue.support.Records;
import io.headwater.tck.catalogue.support.RuleLeases;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Leases: one holder at a time, and the next when it is gone (K3). */
final class LeaseRules {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONGEST = CheckpointStore.LONGEST_TERM;

    static final RuleGroup GROUP = RuleGroup.of(
            "leases",
            must("K3.1", "a lease that is held is not given to another owner", rule -> {
                String name = rule.name();
                lease(rule, name);
                Expect.equal("lease", Optional.empty(), rule.checkpoints().acquire(name, "another", LONG));
            }),
            must("K3.2", "a lease that is held is not given to an owner in another instance", rule -> {
                        String name = rule.name();
                        lease(rule, name);
                        CheckpointStore there = rule.facet(rule.another(), CheckpointStore.class);
                        Expect.equal("lease", Optional.empty(), there.acquire(name, "another", LONG));
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K3.3", "a lease names its subscription and its holder", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Expect.equal("subscription", name, lease.subscription());
                Expect.equal("owner", "holder", lease.owner());
            }),
            must("K3.4", "the leases of two subscriptions are independent", rule -> {
                Lease one = lease(rule, rule.name());
                Lease two = lease(rule, rule.name());
                rule.checkpoints().release(two);
                saves(SaveResult.SAVED, rule, one, 0, 1);
            }),
            must("K3.5", "a released lease can be acquired", rule -> {
                String name = rule.name();
                rule.checkpoints().release(lease(rule, name));
                Expect.that(rule.checkpoints().acquire(name, "another", LONG).isPresent(), "it was not given");
            }),
            must("K3.6", "an expired lease is given to another owner, and the first holder is fenced", rule -> {
                String name = rule.name();
                Lease first = rule.checkpoints().acquire(name, "holder", SHORT).orElseThrow();
                Lease second = takeOver(rule, name);
                Expect.that(second.epoch() > first.epoch(), "epochs " + first.epoch() + " and " + second.epoch());
                saves(SaveResult.FENCED, rule, first, 0, 2);
                Expect.equal("renewed", false, rule.checkpoints().renew(first, LONG));
                saves(SaveResult.SAVED, rule, second, 0, 1);
                saves(SaveResult.FENCED, rule, first, 0, 2);
            }),
            must("K3.7", "a renewed lease lasts for the new term", rule -> {
                String name = rule.name();
                Lease lease = rule.checkpoints().acquire(name, "holder", SHORT).orElseThrow();
                long begun = System.nanoTime();
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG));
                rule.eventually("the first term is over", () -> System.nanoTime() - begun > 2 * SHORT.toNanos());
                Expect.equal("lease", Optional.empty(), rule.checkpoints().acquire(name, "another", LONG));
            }),
            must("K3.8", "an expired lease stays with its holder until another owner acquires it", rule -> {
                String name = rule.name();
                Lease lease = rule.checkpoints().acquire(name, "holder", SHORT).orElseThrow();
                long begun = System.nanoTime();
                rule.eventually("the term is over", () -> System.nanoTime() - begun > 2 * SHORT.toNanos());
                saves(SaveResult.SAVED, rule, lease, 0, 1);
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG));
                Expect.equal("lease", Optional.empty(), rule.checkpoints().acquire(name, "another", LONG));
            }),
            must(
                    "K3.53",
                    "an expired lease that was not given to another serves its holder in every call, and is a new one when it is acquired again",
                    LeaseRules::servesExpired),
            must("K3.9", "releasing a lost lease does not affect the new holder", rule -> {
                String name = rule.name();
                Lease first = rule.checkpoints().acquire(name, "holder", SHORT).orElseThrow();
                Lease second = takeOver(rule, name);
                rule.checkpoints().release(first);
                Expect.equal("lease", Optional.empty(), rule.checkpoints().acquire(name, "third", LONG));
                saves(SaveResult.SAVED, rule, second, 0, 1);
            }),
            must("K3.10", "a released lease cannot be renewed", rule -> {
                Lease lease = lease(rule, rule.name());
                rule.checkpoints().release(lease);
                Expect.equal("renewed", false, rule.checkpoints().renew(lease, LONG));
            }),
            must(
                    "K3.55",
                    "every call that gives a lease keeps its term to the microsecond, a take-over by its owner, too",
                    LeaseRules::termsAreKept),
            repeated("K3.11", "of many owners that acquire a lease at the same time, one gets it", rule -> {
                for (int round = 0; round < 20; round++) {
                    String name = rule.name();
                    List<Optional<Lease>> leases = Concurrently.times(
                            4, racer -> () -> rule.checkpoints().acquire(name, "racer" + racer, LONG));
                    Expect.equal(
                            "holders",
                            1L,
                            leases.stream().filter(Optional::isPresent).count());
                }
            }),
            must("K3.12", "leases that are held are listed, ordered by subscription", rule -> {
                String name = rule.name();
                lease(rule, name + "b");
                Lease two = lease(rule, name + "b");
                Lease one = lease(rule, name + "a");
                List<Lease> held =
                        holders(rule, name).stream().map(Holder::lease).toList();
                Expect.equal("leases", List.of(one, two), held);
            }),
            must("K3.13", "the list of leases shows when they expire", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Instant first = onlyHolder(rule, name).until();
                Expect.equal("renewed", true, rule.checkpoints().renew(lease, LONG.multipliedBy(2)));
                Expect.ascending(
                        "end of the lease", first, onlyHolder(rule, name).until());
            }),
            must("K3.14", "a lease that was released, reset or forgotten is not listed", rule -> {
                String name = rule.name();
                Lease released = lease(rule, name + "a");
                lease(rule, name + "b");
                lease(rule, name + "c");
                Expect.equal("leases held", 3, holders(rule, name).size());
                rule.checkpoints().release(released);
                rule.checkpoints().reset(name + "b", RuleLeases.at(rule, 1));
                rule.checkpoints().forget(name + "c");
                Expect.none("leases held", holders(rule, name));
            }),
            must("K3.15", "an expired lease is not listed", rule -> {
                String name = rule.name();
                lease(rule, name + "a");
                boolean given =
                        rule.checkpoints().acquire(name + "b", "holder", SHORT).isPresent();
                Expect.equal("short lease given", true, given);
                rule.eventually(
                        "the short lease expired", () -> holders(rule, name).size() < 2);
                Expect.equal("held", name + "a", onlyHolder(rule, name).lease().subscription());
            }));

    private LeaseRules() {}

    private static void termsAreKept(RuleContext rule) {
        CheckpointStore store = rule.checkpoints();
        for (Duration term :
                List.of(LONG.plusNanos(1_001_000), Duration.ofHours(25).plusNanos(1000), LONGEST)) {
            String name = rule.name();
            Lease lease = store.acquire(name, "holder", term).orElseThrow();
            Holder acquired = hasTerm(rule, lease, term, 0);
            store.renew(lease, LONG);
            Expect.equal("renewed", true, store.renew(lease, term));
            Holder renewed = hasTerm(rule, lease, term, 2);
            Expect.that(!renewed.until().isBefore(acquired.until()), "renewed, it expires earlier: " + renewed);
            store.renew(lease, LONG);
            Expect.equal("renewed with others", Set.of(lease), store.renewAll(List.of(lease), term));
            Holder seen = hasTerm(rule, lease, term, 4);
            Lease taken = store.takeOver(seen, "another", term).orElseThrow();
            Holder own = hasTerm(rule, taken, term, 0);
            hasTerm(rule, store.takeOver(own, "another", term).orElseThrow(), term, 0);
        }
    }

    private static Holder hasTerm(RuleContext rule, Lease lease, Duration term, long renewals) {
        Holder holder = RuleLeases.holder(rule, lease.subscription());
        Expect.equal("holder", new Holder(lease, holder.until(), term, renewals), holder);
        return holder;
    }

    /** Each of these leases has expired when it is used for the first time. */
    private static void servesExpired(RuleContext rule) {
        CheckpointStore store = rule.checkpoints();
        List<Lease> expired = IntStream.range(0, 8)
                .mapToObj(i -> store.acquire(rule.name(), "holder", SHORT).orElseThrow())
                .toList();
        long begun = System.nanoTime();
        rule.eventually("the term is over", () -> System.nanoTime() - begun > 2 * SHORT.toNanos());
        Expect.equal("renewed", true, store.renew(expired.get(0), LONG));
        Set<Lease> both = Set.of(expired.get(1), expired.get(2));
        Expect.equal("renewed of two", both, store.renewAll(both, LONG));
        saves(SaveResult.SAVED, rule, expired.get(3), 0, 1);
        Save save = new Save(expired.get(4), 0, RuleLeases.at(rule, 1), List.of(Records.note("a", "1")));
        Expect.equal("saved", Map.of(expired.get(4), SaveResult.SAVED), store.saveAll(List.of(save)));
        Expect.equal("changed", true, store.change(expired.get(5), List.of(Records.note("a", "1"))));
        store.release(expired.get(6));
        saves(SaveResult.FENCED, rule, expired.get(6), 0, 1);
        Lease old = expired.get(7);
        Lease next = store.acquire(old.subscription(), old.owner(), LONG).orElseThrow();
        Expect.ascending("epochs of an owner", old.epoch(), next.epoch());
        saves(SaveResult.FENCED, rule, old, 0, 1);
    }

    private static List<Holder> holders(RuleContext rule, String prefix) {
        return rule.checkpoints().holders().stream()
                .filter(holder -> holder.lease().subscription().startsWith(prefix))
                .toList();
    }

    private static Holder onlyHolder(RuleContext rule, String prefix) {
        List<Holder> holders = holders(rule, prefix);
        Expect.equal("leases held", 1, holders.size());
        return holders.get(0);
    }

    private static Lease takeOver(RuleContext rule, String subscription) {
        AtomicReference<Lease> given = new AtomicReference<>();
        rule.eventually("another owner gets the expired lease of '" + subscription + "'", () -> {
            rule.checkpoints().acquire(subscription, "another", LONG).ifPresent(given::set);
            return given.get() != null;
        });
        return given.get();
    }
}
