package io.headwater.tck.catalogue.support;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;

/** The steps that a store is capable of. */
final class StepsOfCapabilities {
    private StepsOfCapabilities() {}

    static List<List<StoreStep>> of(RuleContext rule) {
        Capabilities capabilities = rule.store().capabilities();
        List<List<StoreStep>> all = new ArrayList<>(List.of(
                new LeaseSteps(rule).steps(), new CheckpointSteps(rule).steps(), new AppendSteps(rule).steps()));
        if (capabilities.supports(Capability.MULTI_STREAM_APPEND)) {
            all.add(new MultiStreamSteps(rule).steps());
        }
        if (capabilities.supports(Capability.STREAM_ADMIN)) {
            all.add(new AdminSteps(rule).steps());
        }
        if (capabilities.supports(Capability.SNAPSHOTS)) {
            all.add(new SnapshotSteps(rule).steps());
        }
        if (capabilities.supports(Capability.BULK_IMPORT)) {
            all.add(new ImportSteps(rule).steps());
        }
        return all;
    }
}
