package io.headwater.tck.catalogue;

import static io.headwater.tck.catalogue.support.RuleLeases.at;
import static io.headwater.tck.catalogue.support.RuleLeases.lease;
import static io.headwater.tck.catalogue.support.RuleLeases.saves;
import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.EventStore;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleGroup;
import java.util.Collections;
import java.util.List;

/** What tells one store from another, and checkpoints of the one from those of the other (K4). */
final class StoreIdRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "store ids",
            must("K4.1", "a store has an id that does not change", rule -> {
                String id = id(rule.store());
                rule.write(rule.stream(), 1);
                Expect.equal("id after an append", id, rule.store().storeId());
            }),
            must("K4.2", "another instance has the same id", rule -> {
                        String id = id(rule.store());
                        Expect.equal("id there", id, rule.another().storeId());
                    })
                    .needs(Need.SECOND_INSTANCE),
            must("K4.3", "a checkpoint carries the id of its store", rule -> {
                String name = rule.name();
                Lease lease = lease(rule, name);
                saves(SaveResult.SAVED, rule, lease, 0, 5);
                saves(SaveResult.SAVED, rule, lease, 1, 5);
                List<String> expected = Collections.nCopies(2, id(rule.store()));
                Expect.equal("ids loaded", expected, ids(rule.checkpoints().load(name)));
                Expect.equal("ids listed", expected, ids(listed(rule.checkpoints(), name)));
            }),
            must("K4.4", "a checkpoint after a reset carries the id of its store", rule -> {
                String name = rule.name();
                rule.checkpoints().reset(name, at(rule, 5));
                Expect.equal(
                        "ids", List.of(id(rule.store())), ids(rule.checkpoints().load(name)));
            }),
            fault("K4.5", "a store and its checkpoints have the same id after a restart", rule -> {
                        String name = rule.name();
                        String id = id(rule.store());
                        saves(SaveResult.SAVED, rule, lease(rule, name), 0, 5);
                        EventStore again = rule.restarted();
                        Expect.equal("id", id, again.storeId());
                        List<Checkpoint> loaded =
                                rule.facet(again, CheckpointStore.class).load(name);
                        Expect.equal("ids", List.of(id), ids(loaded));
                    })
                    .needs(Need.RESTART));

    private StoreIdRules() {}

    private static String id(EventStore store) {
        String id = store.storeId();
        Expect.that(id != null && !id.isBlank(), "the store has no id");
        return id;
    }

    private static List<Checkpoint> listed(CheckpointStore store, String subscription) {
        return store.list().stream()
                .filter(checkpoint -> checkpoint.subscription().equals(subscription))
                .toList();
    }

    private static List<String> ids(List<Checkpoint> checkpoints) {
        return checkpoints.stream().map(Checkpoint::storeId).toList();
    }
}
