package io.headwater.migration;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.Names;
import io.headwater.Position;
import io.headwater.migration.copy.Copied;
import io.headwater.migration.copy.Copy;
import io.headwater.migration.copy.CopyPlan;
import io.headwater.migration.copy.MigrationRecords;
import io.headwater.migration.copy.MigrationRecords.Began;
import io.headwater.migration.copy.Progress;
import io.headwater.migration.copy.Stop;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Finding;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.plan.Scan;
import io.headwater.migration.plan.Scanned;
import io.headwater.migration.plan.StoreComparison;
import io.headwater.migration.select.EventChange;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.select.Selection;
import io.headwater.migration.verify.Depth;
import io.headwater.migration.verify.Difference;
import io.headwater.migration.verify.Extent;
import io.headwater.migration.verify.Verification;
import io.headwater.migration.verify.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves the events of one store into another: each once, in the order of the log, with its id, type, data, metadata and version. What
 * is hidden or tombstoned in the source is so in the target. It can be cut off at any moment, and goes on when it is run again.
 *
 * <pre>{@code
 * Migration migration = Migration.named("to-postgres").from(old).to(next).accept(Loss.SNAPSHOTS, Loss.SUBSCRIPTION).build();
 * migration.plan().losses().forEach(System.out::println);
 * migration.copy(progress -> log.info("{}", progress));
 * migration.verify(Depth.FULL).orThrow();
 * }</pre>
 *
 * <p>The source may be in use. Nothing but the migration may write to the target. Progress is kept in the target, among its records of
 * durable subscriptions, under {@code migration/} and the name.
 *
 * <p>All methods but {@link #stop} block, and are for one thread at a time. The stores stay open.
 */
public final class Migration {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final EventStore source;
    private final EventStore target;
    private final Set<Loss> accepted;
    private final Rewriting rewriting;
    private final Duration patience;
    private final Stop stop = new Stop();

    private Migration(Builder builder) {
        this.name = builder.name;
        this.source = given(builder.source, "source: call from(…)");
        this.target = given(builder.target, "target: call to(…)");
        this.accepted = Set.copyOf(builder.accepted);
        this.rewriting =
                new Rewriting(Optional.ofNullable(builder.only), Optional.ofNullable(builder.without), builder.changes);
        this.patience = builder.patience;
    }

    private static EventStore given(@Nullable EventStore store, String what) {
        if (store == null) {
            throw new InvalidRequest("a migration needs a " + what);
        }
        return store;
    }

    /**
     * Begins to describe a migration.
     *
     * @param name tells it from others into the same target; the same in each run. A name as of P2, with at most 200 characters
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Reads all changes that were not copied yet, and says what of them the target would not have as the source has it, and what
     * stands against the migration. Writes nothing.
     */
    public Plan plan() {
        return plan(Long.MAX_VALUE, events -> {});
    }

    /**
     * Like {@link #plan()}, for a first look.
     *
     * @param max how many events to read at most; 0 to compare the stores only
     * @param progress told now and then how many events were read, by the calling thread
     */
    public Plan plan(long max, LongConsumer progress) {
        MigrationRecords records = MigrationRecords.of(target, name);
        Scanned scanned = new Scan(source, target, rewriting).run(records.progress(), max, stop::isRequested, progress);
        Position began = records.began().map(Began::began).orElseGet(target::head);
        List<Finding> general = new StoreComparison(source, target, began).findings();
        return new Plan(name, PlanHash.of(rewriting), accepted, Finding.merged(general, scanned.findings()), scanned);
    }

    /**
     * Copies what was not copied yet, up to the head of the source.
     *
     * @param listener told of the progress after each batch, by the calling thread; an exception of it ends the copy
     * @throws MigrationRefused if something would be lost that was not accepted, or if the copy cannot go on
     * @throws io.headwater.migration.copy.AnotherMigrator if another process works on the same migration
     * @throws io.headwater.EventStoreException if a store fails; call again, and it goes on
     */
    public Copied copy(Consumer<Progress> listener) {
        return new Copy(
                        source,
                        target,
                        new CopyPlan(name, PlanHash.of(rewriting), rewriting, accepted, patience),
                        stop,
                        listener)
                .run();
    }

    /** Compares both stores, as far as the source was copied. */
    public Verification verify(Depth depth) {
        return verify(depth, difference -> {}, compared -> {});
    }

    /**
     * Compares both stores, as far as the source was copied; all of it, if nothing was copied yet.
     *
     * @param listener told of each difference, by the calling thread; the result has the first 1,000 only
     * @param progress told now and then how many events or streams were compared
     * @throws MigrationRefused if the migration began with another source
     * @throws io.headwater.migration.copy.AnotherMigrator if a process copies meanwhile
     * @throws io.headwater.UnsupportedCapability if the depth needs catalogs, and a store has none
     */
    public Verification verify(Depth depth, Consumer<Difference> listener, LongConsumer progress) {
        MigrationRecords records = MigrationRecords.of(target, name);
        records.refuseWhileHeld();
        Extent extent =
                records.began().map(this::extent).orElseGet(() -> new Extent(source.head(), Position.START, rewriting));
        return new Verifier(source, target, extent, listener, stop::isRequested, progress).run(depth);
    }

    private Extent extent(Began began) {
        if (!began.source().equals(source.storeId())) {
            throw new MigrationRefused(Block.OTHER_SOURCE, "it has the id " + source.storeId());
        }
        return new Extent(MigrationRecords.of(target, name).progress(), began.began(), rewriting);
    }

    /** Says how far the migration is. */
    public MigrationStatus status() {
        return MigrationStatus.of(source, MigrationRecords.of(target, name));
    }

    /** Ends a copy or a comparison after what is in progress. May be called by any thread. */
    public void stop() {
        stop.request();
    }

    /** Describes a migration. */
    public static final class Builder {
        private static final int MAX_NAME = 200;

        private final String name;
        private final Set<Loss> accepted = EnumSet.noneOf(Loss.class);
        private @Nullable EventStore source;
        private @Nullable EventStore target;
        private @Nullable Selection only;
        private @Nullable Selection without;
        private final List<EventChange> changes = new ArrayList<>();
        private Duration patience = PATIENCE;

        private Builder(String name) {
            this.name = Names.check(name, "migration");
            if (name.codePointCount(0, name.length()) > MAX_NAME) {
                throw new InvalidRequest("the name of a migration has at most " + MAX_NAME + " characters");
            }
        }

        /** The store to copy from; it MAY be read-only. */
        public Builder from(EventStore store) {
            source = store;
            return this;
        }

        /** The store to copy to. */
        public Builder to(EventStore store) {
            target = store;
            return this;
        }

        /** Takes these streams only. */
        public Builder only(Selection streams) {
            only = streams;
            return this;
        }

        /** Leaves these streams out. */
        public Builder without(Selection streams) {
            without = streams;
            return this;
        }

        /** Makes these changes in what is copied, one after the other. */
        public Builder change(EventChange... more) {
            changes.addAll(List.of(more));
            return this;
        }

        /** Accepts these losses; each that would occur has to be accepted. */
        public Builder accept(Loss... losses) {
            accepted.addAll(List.of(losses));
            return this;
        }

        /** How long a call is made again that fails for a reason that may pass. Default: 5 minutes. */
        public Builder patience(Duration longest) {
            patience = longest;
            return this;
        }

        /**
         * The migration.
         *
         * @throws InvalidRequest if the source or the target is missing
         */
        public Migration build() {
            return new Migration(this);
        }
    }
}
