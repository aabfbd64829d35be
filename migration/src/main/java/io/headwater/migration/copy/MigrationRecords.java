package io.headwater.migration.copy;

import io.headwater.EventStore;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.spi.Batch;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a migration keeps in its target: the records of a lease without a checkpoint, so that it is in no list of subscriptions.
 *
 * @param checkpoints those of the target
 * @param name of the lease
 */
public record MigrationRecords(CheckpointStore checkpoints, String name) {
    private static final String PREFIX = "migration/";
    private static final String STATE = "state";
    private static final String COPIED = "copied";
    private static final String ONE = "0";

    /** Those of the migration with this name. */
    public static MigrationRecords of(EventStore target, String migration) {
        return new MigrationRecords(target.facet(CheckpointStore.class).orElseThrow(), PREFIX + migration);
    }

    /**
     * What a migration began with.
     *
     * @param source the id of the source
     * @param plan the hash of the plan
     * @param began the head of the target before the migration wrote anything
     */
    public record Began(String source, String plan, Position began) {}

    /** What the migration began with; empty if it did not begin. Blocks. */
    public Optional<Began> began() {
        return only(STATE)
                .map(fields ->
                        new Began(text(fields, "source"), text(fields, "plan"), Position.parse(text(fields, "began"))));
    }

    /** The process that works on the migration, or that was killed while it did; empty if none does. Blocks. */
    public Optional<String> holder() {
        return checkpoints.holder(name).map(Holder::lease).map(Lease::owner);
    }

    /**
     * Must be called before both stores are compared, as a copy would change the target meanwhile. Blocks.
     *
     * @throws AnotherMigrator if a process works on the migration
     */
    public void refuseWhileHeld() {
        holder().ifPresent(owner -> {
            throw new AnotherMigrator(
                    "a migrator is at work: " + owner + " holds '" + name + "'; compare when it has ended");
        });
    }

    void begin(Lease lease, Began began) {
        put(
                lease,
                STATE,
                Map.of(
                        "source",
                        began.source(),
                        "plan",
                        began.plan(),
                        "began",
                        began.began().toString()));
    }

    /** How far the source was copied. Blocks. */
    public Position progress() {
        return only(Batch.PROGRESS)
                .map(fields -> Position.parse(text(fields, "position")))
                .orElse(Position.START);
    }

    /** What was copied, as it was saved last. Blocks. */
    public Totals totals() {
        return only(COPIED).map(Totals::of).orElse(Totals.NONE);
    }

    /** Returns false if the lease was lost. */
    boolean save(Lease lease, Totals totals) {
        return put(lease, COPIED, totals.fields());
    }

    private boolean put(Lease lease, String kind, Map<String, String> fields) {
        return checkpoints.change(lease, List.of(RecordChange.put(kind, ONE, Metadata.of(fields))));
    }

    private Optional<Metadata> only(String kind) {
        return checkpoints.records(name, kind, "", 1).stream()
                .map(SubscriptionRecord::fields)
                .findFirst();
    }

    private static String text(Metadata fields, String key) {
        return fields.get(key).orElseThrow();
    }
}
