package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.LONG;
import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checkpoints of durable subscriptions: forwards only, and only for who holds the lease (K2). */
final class CheckpointRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "checkpoints",
            must(
                    "K2.1",
                    "a subscription that saved nothing has no checkpoint",
                    rule -> Expect.none("checkpoints", rule.checkpoints().load(rule.name()))),
            must("K2.2", "a saved checkpoint is loaded", rule -> {
                String name = rule.name();
                saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
                Expect.equal("checkpoints", Map.of(0, at(rule, 5)), load(rule.checkpoints(), name));
            }),
            must("K2.3", "a checkpoint moves forwards", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 5);
                saves(SaveResult.SAVED, rule, lease, 0, 9);
                Expect.equal("checkpoints", Map.of(0, at(rule, 9)), load(rule.checkpoints(), name));
            }),
            must("K2.4", "a checkpoint does not go back", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 9);
                saves(SaveResult.BEHIND, rule, lease, 0, 5);
                Expect.equal("checkpoints", Map.of(0, at(rule, 9)), load(rule.checkpoints(), name));
            }),
            must("K2.5", "the same checkpoint can be saved again", rule -> {
                Lease lease = lease(rule, rule.name());
                saves(SaveResult.SAVED, rule, lease, 0, 5);
                saves(SaveResult.SAVED, rule, lease, 0, 5);
            }),
            must("K2.53", "a checkpoint may be at the start of the log, by a save and by a reset", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                Expect.equal(
                        "save at the start",
                        SaveResult.SAVED,
                        rule.checkpoints().save(lease, 0, Position.START));
                isAtStart(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 1);
                rule.checkpoints().reset(name, Position.START);
                isAtStart(rule, name);
                rule.checkpoints().reset(name, Position.START);
                isAtStart(rule, name);
                Expect.equal("forgotten", true, rule.checkpoints().forget(name));
            }),
            must("K2.52", "a checkpoint tells when it was saved last", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 1);
                Instant first = rule.checkpoints().load(name).get(0).savedAt();
                rule.eventually("a later save has a later time", () -> {
                    saves(SaveResult.SAVED, rule, lease, 0, 2);
                    return rule.checkpoints().load(name).get(0).savedAt().isAfter(first);
                });
            }),
            must("K2.6", "each partition has its own checkpoint", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 9);
                saves(SaveResult.SAVED, rule, lease, 1, 5);
                saves(SaveResult.SAVED, rule, lease, 7, 1);
                Expect.equal(
                        "checkpoints",
                        Map.of(0, at(rule, 9), 1, at(rule, 5), 7, at(rule, 1)),
                        load(rule.checkpoints(), name));
            }),
            must("K2.7", "each subscription has its own checkpoints", rule -> {
                String one = rule.name();
                String two = rule.name();
                saves(SaveResult.SAVED, rule, lease(rule, one), 0, 9);
                saves(SaveResult.SAVED, rule, lease(rule, two), 0, 5);
                Expect.equal("checkpoints of the first", Map.of(0, at(rule, 9)), load(rule.checkpoints(), one));
                Expect.equal("checkpoints of the second", Map.of(0, at(rule, 5)), load(rule.checkpoints(), two));
            }),
            must("K2.8", "checkpoints remain when the lease is released", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 5);
                rule.checkpoints().release(lease);
                Lease next = lease(rule, name);
                Expect.equal("checkpoints", Map.of(0, at(rule, 5)), load(rule.checkpoints(), name));
                saves(SaveResult.BEHIND, rule, next, 0, 4);
            }),
            must("K2.9", "a holder that released its lease cannot save", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                rule.checkpoints().release(lease);
                saves(SaveResult.FENCED, rule, lease, 0, 5);
                Expect.none("checkpoints", rule.checkpoints().load(name));
            }),
            must("K2.10", "a holder that acquired its lease again can save with the new lease only", rule -> {
                String name = rule.name();
                Lease first = lease(rule, name);
                Lease second = lease(rule, name);
                Expect.that(second.epoch() > first.epoch(), "epochs " + first.epoch() + " and " + second.epoch());
                saves(SaveResult.FENCED, rule, first, 0, 5);
                saves(SaveResult.SAVED, rule, second, 0, 5);
            }),
            must("K2.11", "a reset replaces the checkpoints of all partitions by one, forwards or backwards", rule -> {
                for (int position : List.of(2, 10)) {
                    String name = rule.name();
                    Lease lease = lease(rule, name);
                    saves(SaveResult.SAVED, rule, lease, 0, 9);
                    saves(SaveResult.SAVED, rule, lease, 1, 9);
                    rule.checkpoints().reset(name, at(rule, position));
                    Expect.equal("checkpoints", Map.of(0, at(rule, position)), load(rule.checkpoints(), name));
                }
            }),
            must("K2.12", "a reset revokes the lease", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                rule.checkpoints().reset(name, at(rule, 2));
                saves(SaveResult.FENCED, rule, lease, 0, 9);
                Expect.equal("renewed", false, rule.checkpoints().renew(lease, LONG));
                Expect.equal("checkpoints", Map.of(0, at(rule, 2)), load(rule.checkpoints(), name));
                Expect.that(rule.checkpoints().acquire(name, "another", LONG).isPresent(), "the lease is not free");
            }),
            must("K2.13", "a subscription that never ran can be reset", rule -> {
                String name = rule.name();
                rule.checkpoints().reset(name, at(rule, 4));
                Expect.equal("checkpoints", Map.of(0, at(rule, 4)), load(rule.checkpoints(), name));
                saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
            }),
            must("K2.14", "all checkpoints are listed, ordered by name and partition", rule -> {
                String name = rule.name();
                Lease two = lease(rule, name + "b");
                saves(SaveResult.SAVED, rule, two, 1, 5);
                saves(SaveResult.SAVED, rule, two, 0, 6);
                saves(SaveResult.SAVED, rule, lease(rule, name + "a"), 0, 7);
                List<Position> listed = rule.checkpoints().list().stream()
                        .filter(checkpoint -> checkpoint.subscription().startsWith(name))
                        .map(Checkpoint::position)
                        .toList();
                Expect.equal("positions", List.of(at(rule, 7), at(rule, 6), at(rule, 5)), listed);
            }),
            must("K2.15", "another instance sees a checkpoint", rule -> {
                        String name = rule.name();
                        saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
                        CheckpointStore there = rule.facet(rule.another(), CheckpointStore.class);
                        Expect.equal("checkpoints", Map.of(0, at(rule, 5)), load(there, name));
                    })
                    .needs(Need.SECOND_INSTANCE),
            fault("K2.16", "a checkpoint remains after a restart, and the old lease stays fenced", rule -> {
                        String name = rule.name();
                        Lease old = lease(rule, name);
                        saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
                        CheckpointStore again = rule.facet(rule.restarted(), CheckpointStore.class);
                        Expect.equal("checkpoints", Map.of(0, at(rule, 5)), load(again, name));
                        Expect.equal("save by the old lease", SaveResult.FENCED, again.save(old, 0, at(rule, 9)));
                    })
                    .needs(Need.RESTART));

    private CheckpointRules() {}

    private static void isAtStart(RuleContext rule, String name) {
        Expect.equal(
                "positions",
                List.of(Position.START),
                rule.checkpoints().load(name).stream().map(Checkpoint::position).toList());
        Expect.equal(
                "listed",
                1L,
                rule.checkpoints().list().stream()
                        .filter(saved -> saved.subscription().equals(name))
                        .count());
    }

    private static Map<Integer, Position> load(CheckpointStore store, String subscription) {
        return store.load(subscription).stream().collect(Collectors.toMap(Checkpoint::partition, Checkpoint::position));
    }
}
