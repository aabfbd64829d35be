package io.headwater.migration.copy;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.StreamDeleted;
import io.headwater.StreamSlice;
import io.headwater.migration.copy.MigrationRecords.Began;
import io.headwater.migration.copy.Totals.Last;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.select.Rewriting;
import io.headwater.spi.CheckpointStore.Lease;
import java.util.Optional;

/**
 * Checks that a copy goes on with what it began with: the same source, the same plan, and two stores that have what was copied last.
 *
 * @param source where changes come from
 * @param target where they go
 * @param planHash the hash of the plan
 * @param rewriting what the plan takes and changes
 */
record StartCheck(EventStore source, EventStore target, String planHash, Rewriting rewriting) {

    /** Returns the head of the target before anything was copied to it. */
    Position run(MigrationRecords records, Lease lease) {
        if (source.storeId().equals(target.storeId())) {
            throw new MigrationRefused(Block.SAME_STORE, "both have the id " + source.storeId());
        }
        Optional<Began> began = records.began();
        if (began.isEmpty()) {
            Position head = target.head();
            records.begin(lease, new Began(source.storeId(), planHash, head));
            return head;
        }
        compare(began.get());
        Last last = records.totals().last();
        if (last != null) {
            refuseUnless(has(source, last), Block.OTHER_SOURCE, "the source does not have " + text(last));
            refuseUnless(has(target, inTarget(last)), Block.TARGET_DIVERGES, "the target does not have " + text(last));
        }
        return began.get().began();
    }

    private void compare(Began began) {
        refuseUnless(
                began.source().equals(source.storeId()),
                Block.OTHER_SOURCE,
                "the source has the id %s, and the migration began with %s"
                        .formatted(source.storeId(), began.source()));
        refuseUnless(began.plan().equals(planHash), Block.OTHER_PLAN, "its hash is another");
    }

    private Last inTarget(Last last) {
        return new Last(rewriting.renamed(last.stream()), last.version(), last.id());
    }

    private static String text(Last last) {
        return "the event that was copied last, %s, as version %s of stream '%s'"
                .formatted(last.id(), last.version(), last.stream());
    }

    private static void refuseUnless(boolean right, Block code, String detail) {
        if (!right) {
            throw new MigrationRefused(code, detail);
        }
    }

    /** What is hidden cannot be compared. */
    private static boolean has(EventStore store, Last last) {
        try {
            StreamSlice slice = store.readStream(
                    last.stream(), ReadOptions.forwards().from(last.version()).limit(1));
            boolean differs = slice.events().stream()
                    .anyMatch(event ->
                            event.version() == last.version() && !event.id().equals(last.id()));
            return slice.version() >= last.version() && !differs;
        } catch (StreamDeleted tombstoned) {
            return true;
        }
    }
}
