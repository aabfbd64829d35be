package io.headwater.tck.catalogue.support;

import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A lease that goes from owner to owner in every way: each former one is fenced before the next has done anything (K2, K3). */
public final class LeaseSteps {
    private final RuleContext rule;
    private final String name;
    private final Position saved;

    /** In their order: the last one is that of now, or was. */
    private final List<Lease> leases = new ArrayList<>();

    private final List<Holder> seen = new ArrayList<>();

    public LeaseSteps(RuleContext rule) {
        this.rule = rule;
        this.name = rule.name();
        this.saved = at(rule, 5);
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> acquires(store, "one"),
                this::renews,
                this::takesOver,
                store -> {
                    isHeld(store);
                    of(store).release(current());
                },
                store -> {
                    isFree(store);
                    acquires(store, "three");
                },
                store -> {
                    isHeld(store);
                    of(store).reset(name, saved);
                },
                store -> {
                    isFree(store);
                    acquires(store, "four");
                },
                store -> {
                    isHeld(store);
                    of(store).forget(name);
                },
                store -> {
                    isFree(store);
                    acquires(store, "five");
                },
                this::runsOut,
                this::acquiresWhatRanOut,
                store -> {
                    isHeld(store);
                    acquires(store, "six");
                },
                this::isHeld);
    }

    private CheckpointStore of(EventStore store) {
        return rule.facet(store, CheckpointStore.class);
    }

    private Lease current() {
        return leases.get(leases.size() - 1);
    }

    private void acquires(EventStore store, String owner) {
        isNext(owner, of(store).acquire(name, owner, LONG));
        seen.add(of(store).holder(name).orElseThrow());
    }

    private void isNext(String owner, Optional<Lease> given) {
        Expect.that(given.isPresent(), "the lease was not given to '" + owner + "'");
        Lease lease = given.orElseThrow();
        Expect.equal("subscription of a lease", name, lease.subscription());
        Expect.equal("owner of a lease", owner, lease.owner());
        if (!leases.isEmpty()) {
            Expect.ascending(
                    "epochs of the lease before and of this one", current().epoch(), lease.epoch());
        }
        leases.add(lease);
    }

    private void renews(EventStore store) {
        isHeld(store);
        Holder before = of(store).holder(name).orElseThrow();
        Expect.equal("renewed", true, of(store).renew(current(), LONG));
        Holder after = of(store).holder(name).orElseThrow();
        Expect.equal("renewals", before.renewals() + 1, after.renewals());
        seen.add(after);
    }

    private void takesOver(EventStore store) {
        isHeld(store);
        isNext("two", of(store).takeOver(seen.get(seen.size() - 1), "two", LONG));
        seen.add(of(store).holder(name).orElseThrow());
    }

    private void runsOut(EventStore store) {
        isHeld(store);
        Expect.equal("renewed", true, of(store).renew(current(), Duration.ofMillis(1)));
        rule.eventually("the lease expired", () -> of(store).holder(name).isEmpty());
    }

    /** An expired lease stays with its holder until now. */
    private void acquiresWhatRanOut(EventStore store) {
        Expect.equal("holder of an expired lease", Optional.empty(), of(store).holder(name));
        Expect.equal("save with an expired lease", SaveResult.SAVED, of(store).save(current(), 0, saved));
        acquires(store, "six");
    }

    /** By the current lease only, as it was seen last. */
    private void isHeld(EventStore store) {
        areFenced(store, leases.subList(0, leases.size() - 1));
        Holder last = seen.get(seen.size() - 1);
        Expect.equal("holder", Optional.of(last), of(store).holder(name));
        Expect.equal("lease of the holder", current(), last.lease());
        Expect.equal(
                "holders listed",
                List.of(last),
                of(store).holders().stream()
                        .filter(holder -> holder.lease().subscription().equals(name))
                        .toList());
        Expect.equal("lease for another", Optional.empty(), of(store).acquire(name, "thief", LONG));
        for (Holder stale : seen.subList(0, seen.size() - 1)) {
            Expect.equal("take-over of what was", Optional.empty(), of(store).takeOver(stale, "thief", LONG));
        }
    }

    private void isFree(EventStore store) {
        areFenced(store, leases);
        Expect.equal("holder of a free lease", Optional.empty(), of(store).holder(name));
    }

    /** All these leases were lost: nothing can be done by them, and releasing one frees nothing. */
    private void areFenced(EventStore store, List<Lease> former) {
        CheckpointStore checkpoints = of(store);
        for (Lease lease : former) {
            Save save = new Save(lease, 0, saved, List.of(note("a", "lost")));
            Expect.equal("save by " + lease, SaveResult.FENCED, checkpoints.save(lease, 0, saved, save.changes()));
            Expect.equal(
                    "save of many by " + lease, Map.of(lease, SaveResult.FENCED), checkpoints.saveAll(List.of(save)));
            Expect.equal("change by " + lease, false, checkpoints.change(lease, save.changes()));
            Expect.equal("renewal by " + lease, false, checkpoints.renew(lease, LONG));
            Expect.equal("renewal of many by " + lease, Set.of(), checkpoints.renewAll(List.of(lease), LONG));
            checkpoints.release(lease);
        }
    }
}
