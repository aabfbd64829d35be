package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.Records.notes;
import static io.headwater.tck.catalogue.support.Records.savesWith;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Checkpoints and renewals of many subscriptions in one call (K2, K3). */
final class ManyLeasesRules {
    private static final int MANY = 100;
    private static final Duration TERM = Duration.ofMinutes(7);

    static final RuleGroup GROUP = RuleGroup.of(
            "many leases",
            must("K2.38", "each save of a call for many leases is decided by itself", rule -> {
                Lease lost = lease(rule, rule.name());
                savesWith(SaveResult.SAVED, rule, lease(rule, lost.subscription()), 5, note("a", "1"));
                Lease behind = lease(rule, rule.name());
                savesWith(SaveResult.SAVED, rule, behind, 7, note("a", "1"));
                Lease first = lease(rule, rule.name());
                Lease last = lease(rule, rule.name());
                List<Save> saves = List.of(save(rule, first), save(rule, lost), save(rule, behind), save(rule, last));
                Expect.equal(
                        "results",
                        Map.of(
                                first, SaveResult.SAVED,
                                lost, SaveResult.FENCED,
                                behind, SaveResult.BEHIND,
                                last, SaveResult.SAVED),
                        rule.checkpoints().saveAll(saves));
                isSaved(rule, first, 6, "2");
                isSaved(rule, lost, 5, "1");
                isSaved(rule, behind, 7, "1");
                isSaved(rule, last, 6, "2");
            }),
            must("K2.39", "each save of a call for many leases has the effect of a single save", rule -> {
                List<Lease> leases = leases(rule);
                Expect.equal("results", all(leases), rule.checkpoints().saveAll(numbered(rule, leases, 1)));
                Expect.equal("results", all(leases), rule.checkpoints().saveAll(numbered(rule, leases, 2)));
                for (int i = 0; i < leases.size(); i++) {
                    isSaved(rule, leases.get(i), i, 2);
                }
                Expect.equal("results of none", Map.of(), rule.checkpoints().saveAll(List.of()));
            }),
            must("K2.40", "if one save of a call is refused, none of the others is made", rule -> {
                Lease lease = lease(rule, rule.name());
                Save sound = new Save(lease, 0, at(rule, 5), List.of());
                List<RecordChange> most = IntStream.range(0, SubscriptionRecord.MAX_CHANGES)
                        .mapToObj(i -> note("key-" + i, "1"))
                        .toList();
                List<RecordChange> more = new ArrayList<>(most);
                more.add(note("key", "1"));
                Lease other = lease(rule, rule.name());
                refused(rule, LimitExceeded.class, List.of(sound, new Save(other, 0, at(rule, 5), more)));
                refused(rule, InvalidRequest.class, List.of(sound, new Save(other, -1, at(rule, 5), List.of())));
                refused(rule, InvalidRequest.class, List.of(sound, new Save(lease, 1, at(rule, 5), List.of())));
                Save largest = new Save(other, 0, at(rule, 5), most);
                Expect.equal(
                        "results",
                        all(List.of(lease, other)),
                        rule.checkpoints().saveAll(List.of(sound, largest)));
                Expect.equal(
                        "records",
                        most.size(),
                        notes(rule.checkpoints(), other.subscription()).size());
            }),
            must("K3.40", "renewing many leases renews those that are held, and returns them", rule -> {
                List<Lease> held = leases(rule);
                Lease lost = lease(rule, rule.name());
                Lease taken = lease(rule, lost.subscription());
                Lease released = lease(rule, rule.name());
                rule.checkpoints().release(released);
                List<Lease> asked = new ArrayList<>(held);
                asked.add(MANY / 2, lost);
                asked.add(released);
                Holder other = holder(rule, taken);
                Expect.equal("held", new HashSet<>(held), rule.checkpoints().renewAll(asked, TERM));
                Expect.equal("holder of the lease that was not renewed", other, holder(rule, taken));
                for (Lease lease : held) {
                    Expect.equal("term", TERM, holder(rule, lease).term());
                    Expect.equal("renewals", 1L, holder(rule, lease).renewals());
                    saves(SaveResult.SAVED, rule, lease, 0, 5);
                }
                Expect.equal("held of none", Set.of(), rule.checkpoints().renewAll(List.of(), TERM));
            }),
            must("K3.41", "renewing many leases makes each last for the new term from now on", rule -> {
                Lease first = lease(rule, rule.name());
                Lease second = lease(rule, rule.name());
                List<Lease> both = List.of(first, second);
                rule.checkpoints().renewAll(both, Duration.ofSeconds(30));
                Holder before = holder(rule, second);
                Expect.equal("held", Set.of(first, second), rule.checkpoints().renewAll(both, LONG));
                for (Lease lease : both) {
                    Holder now = holder(rule, lease);
                    Expect.that(
                            now.until().isAfter(before.until().plusSeconds(60)),
                            "a lease expires at %s, before the renewal at %s".formatted(now.until(), before.until()));
                    Expect.equal("renewals", 2L, now.renewals());
                }
            }));

    private ManyLeasesRules() {}

    private static List<Lease> leases(RuleContext rule) {
        return IntStream.range(0, MANY).mapToObj(i -> lease(rule, rule.name())).toList();
    }

    private static Map<Lease, SaveResult> all(List<Lease> leases) {
        Map<Lease, SaveResult> results = new HashMap<>();
        leases.forEach(lease -> results.put(lease, SaveResult.SAVED));
        return results;
    }

    private static Save save(RuleContext rule, Lease lease) {
        return new Save(lease, 0, at(rule, 6), List.of(note("a", "2")));
    }

    /** Each at a position, for a partition and with records of its own. The second time, one record is replaced and one removed. */
    private static List<Save> numbered(RuleContext rule, List<Lease> leases, int time) {
        List<Save> saves = new ArrayList<>();
        for (int i = 0; i < leases.size(); i++) {
            List<RecordChange> changes = i % 3 == 0
                    ? List.of()
                    : List.of(
                            note("a", i + "/" + time),
                            time == 1 ? note("b", "old") : RecordChange.remove(NOTE, "b"),
                            note("c" + time, "" + i));
            saves.add(new Save(leases.get(i), i % 2, position(rule, i, time), changes));
        }
        return saves;
    }

    private static Position position(RuleContext rule, int i, int time) {
        return at(rule, i % 7 + 1 + time);
    }

    private static void isSaved(RuleContext rule, Lease lease, int i, int time) {
        CheckpointStore store = rule.checkpoints();
        Checkpoint checkpoint = store.load(lease.subscription()).get(0);
        Expect.equal("partition", i % 2, checkpoint.partition());
        Expect.equal("position", position(rule, i, time), checkpoint.position());
        Map<String, String> notes = i % 3 == 0 ? Map.of() : Map.of("a", i + "/" + time, "c1", "" + i, "c2", "" + i);
        Expect.equal("records", notes, notes(store, lease.subscription()));
    }

    private static void isSaved(RuleContext rule, Lease lease, int position, String note) {
        CheckpointStore store = rule.checkpoints();
        Expect.equal(
                "checkpoint",
                at(rule, position),
                store.load(lease.subscription()).get(0).position());
        Expect.equal("records", Map.of("a", note), notes(store, lease.subscription()));
    }

    private static void refused(RuleContext rule, Class<? extends RuntimeException> refusal, List<Save> saves) {
        Expect.thrown(
                refusal,
                "a call with one that is refused",
                () -> rule.checkpoints().saveAll(saves));
        for (Save save : saves) {
            Expect.none("checkpoints", rule.checkpoints().load(save.lease().subscription()));
        }
    }

    private static Holder holder(RuleContext rule, Lease lease) {
        return rule.checkpoints().holder(lease.subscription()).orElseThrow();
    }
}
