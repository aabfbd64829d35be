package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.should;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.tck.catalogue.support.CapabilityUses;
import io.headwater.tck.catalogue.support.Unguarded;
import io.headwater.tck.rule.Declaration;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.FalseDeclaration;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Refusals;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/** What is declared works, what is not is refused (E2); and facts for operators (F3). */
final class CapabilityRules {
    static final RuleGroup GROUP = RuleGroup.of(
            "capabilities",
            both("E2.1", Capability.MULTI_STREAM_APPEND),
            both("E2.2", Capability.STREAM_ADMIN),
            both("E2.3", Capability.SCAVENGE),
            both("E2.4", Capability.SNAPSHOTS),
            both("E2.5", Capability.STREAM_CATALOG),
            both("E2.6", Capability.POSITION_AT_TIME),
            both("E2.7", Capability.BULK_IMPORT),
            both("E2.8", Capability.DIAGNOSTICS),
            must(
                    "E2.9",
                    "facet() returns empty for a type that is not a facet of the store",
                    rule -> Expect.that(rule.store().facet(Runnable.class).isEmpty(), "there is a facet Runnable")),
            must(
                    "E2.10",
                    "every store has a checkpoint store",
                    rule -> Expect.that(
                            rule.store().facet(CheckpointStore.class).isPresent(), "there is no checkpoint store")),
            both("E2.12", Capability.REPLICATION),
            should("E2.11", "a backend declares every capability that it has", CapabilityRules::hidesNothing)
                    .needs(Need.CONFIGURATION, Need.SECOND_INSTANCE));

    private CapabilityRules() {}

    private static Rule both(String id, Capability capability) {
        return must(id, capability.title() + " works if it is declared, and is refused if it is not", rule -> {
            if (rule.store().capabilities().supports(capability)) {
                Declaration.of(capability).holds(() -> CapabilityUses.tryOut(capability, rule));
            } else {
                Refusals.prove(capability, rule);
            }
        });
    }

    /** The guard keeps applications from what is not declared, so no application could ever use it. */
    private static void hidesNothing(RuleContext rule) {
        Capabilities declared = rule.store().capabilities();
        List<FalseDeclaration> hidden = new ArrayList<>();
        try (Backend backend = Unguarded.open(rule.config())) {
            for (Capability capability : declared.missing(List.of(Capability.values()))) {
                CapabilityUses.ability(capability, backend, rule)
                        .map(Declaration.lacking(capability)::falsified)
                        .ifPresent(hidden::add);
            }
        }
        if (!hidden.isEmpty()) {
            throw FalseDeclaration.of(hidden);
        }
    }
}
