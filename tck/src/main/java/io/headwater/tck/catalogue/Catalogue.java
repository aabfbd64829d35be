package io.headwater.tck.catalogue;

import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;

/** All rules. */
public final class Catalogue {
    private static final List<RuleGroup> GROUPS = List.of(
            AppendRules.GROUP,
            ClockRules.GROUP,
            ExpectationRules.GROUP,
            RefusalRules.GROUP,
            IdempotencyRules.GROUP,
            NonExactRepeatRules.GROUP,
            CommandRules.GROUP,
            MultiStreamRules.GROUP,
            ReadingRules.GROUP,
            LogRules.GROUP,
            LogTimeRules.GROUP,
            LogQueryRules.GROUP,
            CategoryRules.GROUP,
            CheckpointRules.GROUP,
            LeaseRules.GROUP,
            LeaseClockRules.GROUP,
            LeaseTermRules.GROUP,
            LeaseTakeOverRules.GROUP,
            RecordRules.GROUP,
            ManyLeasesRules.GROUP,
            StoreIdRules.GROUP,
            PutBackRules.GROUP,
            SelectionRules.GROUP,
            HandOverRules.GROUP,
            DeliveryOrderRules.GROUP,
            SubscriptionStateRules.GROUP,
            FailureRules.GROUP,
            ParkingRules.GROUP,
            DurableRules.GROUP,
            TakeOverRules.GROUP,
            CloseRules.GROUP,
            IsolationRules.GROUP,
            AdminRules.GROUP,
            TruncateRules.TRUNCATE,
            TruncateRules.SCAVENGE,
            HiddenEventRules.GROUP,
            PageRules.GROUP,
            SnapshotRules.GROUP,
            CatalogRules.GROUP,
            BulkImportRules.GROUP,
            ChangeRules.GROUP,
            ApplyRules.EVENTS,
            ApplyRules.REPEATS,
            AppliedStreamRules.GROUP,
            PayloadRules.GROUP,
            NameRules.GROUP,
            StreamNameRules.GROUP,
            NameKindRules.GROUP,
            ReservedIdRules.GROUP,
            KeyRules.GROUP,
            NumberRules.GROUP,
            LimitRules.GROUP,
            ErrorRules.GROUP,
            CapabilityRules.GROUP,
            FactRules.GROUP,
            LifecycleRules.GROUP,
            ReadOnlyRules.GROUP,
            FaultRules.GROUP,
            ConcurrencyRules.GROUP,
            SharedStateRules.INSTANCES,
            SharedStateRules.PROCESSES,
            ProcessRules.GROUP,
            RestartRules.GROUP,
            VisibilityRules.GROUP,
            RaceMatrixRules.GROUP,
            ContentionRules.GROUP,
            AppendKindRules.GROUP,
            StreamStateRules.GROUP,
            NeverWrittenRules.GROUP,
            FilterRules.GROUP,
            LifeRules.GROUP,
            LongListRules.GROUP,
            SizeRules.GROUP,
            InterruptRules.GROUP,
            CombinationRules.GROUP,
            HeldAppendRules.GROUP,
            HeldReaderRules.GROUP,
            HeldSubscriptionRules.GROUP,
            FuzzRules.GROUP,
            ExtremeTimeRules.GROUP);

    private Catalogue() {}

    /** The rules by area, in the order in which they are run. */
    public static List<RuleGroup> groups() {
        return GROUPS;
    }

    /** The rules of all areas. */
    public static List<Rule> rules() {
        return GROUPS.stream().flatMap(group -> group.rules().stream()).toList();
    }
}
