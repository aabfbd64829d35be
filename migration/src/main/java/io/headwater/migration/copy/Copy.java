package io.headwater.migration.copy;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.plan.StoreComparison;
import io.headwater.migration.select.CannotChange;
import io.headwater.migration.store.Replicas;
import io.headwater.migration.store.StreamState;
import io.headwater.spi.Change;
import io.headwater.spi.ChangePage;
import io.headwater.spi.Replication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One run of a copy: from where the runs before have ended, to the head of the source, in the order of its log.
 *
 * <p>Every event is written as the version that it has, and progress is saved after it: a run that was cut off at any moment is
 * followed by one that begins at or before the first event that is missing, and that writes none twice.
 */
public final class Copy {
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);

    private final EventStore source;
    private final EventStore target;
    private final CopyPlan plan;
    private final Stop stop;
    private final Consumer<Progress> listener;
    private final MigrationRecords records;
    private final AtomicLong retries = new AtomicLong();
    private final Patience patience;
    private final long start = System.nanoTime();
    private final PageSize size = new PageSize();
    private Totals before = Totals.NONE;
    private Totals run = Totals.NONE;
    private Position position = Position.START;
    private Position head = Position.START;
    private long hidden;
    private long nextSave;

    /**
     * A run between two open stores.
     *
     * @param stop ends the run after what is in progress
     * @param listener told of the progress after each batch, by the thread that runs the copy; an exception of it ends the run
     */
    public Copy(EventStore source, EventStore target, CopyPlan plan, Stop stop, Consumer<Progress> listener) {
        this.source = source;
        this.target = target;
        this.plan = plan;
        this.stop = stop;
        this.listener = listener;
        this.records = MigrationRecords.of(target, plan.name());
        this.patience = new Patience(plan.patience(), stop, retries);
    }

    /**
     * Copies, and blocks until the head of the source is reached, or the run is asked to end.
     *
     * @throws io.headwater.migration.plan.MigrationRefused if it cannot go on
     * @throws AnotherMigrator if another process works on the same migration
     * @throws io.headwater.EventStoreException if a store fails; the same run can be made again
     */
    public Copied run() {
        StoreComparison stores = new StoreComparison(source, target, Position.START);
        patience.run(() -> stores.refuseUnlessAccepted(plan.accepted()));
        try (MigratorLease lease = MigratorLease.acquire(records.checkpoints(), records.name(), stop)) {
            StartCheck check = new StartCheck(source, target, plan.hash(), plan.rewriting());
            Position began = patience.call(() -> check.run(records, lease.lease()));
            before = patience.call(records::totals);
            position = patience.call(records::progress);
            Accepted accepted = new Accepted(plan.accepted());
            Gaps gaps = new Gaps(source, target, plan.rewriting(), accepted);
            boolean keepPositions = Replicas.keepPositions(source, target, began);
            Applier applier = new Applier(source, target, lease, gaps, accepted, patience, keepPositions);
            copyToHead(applier, lease);
            hide(new HiddenStreams(source, target, plan.rewriting(), gaps, accepted, patience), applier, lease);
            save(lease);
            return result();
        }
    }

    private void copyToHead(Applier applier, MigratorLease lease) {
        Replication changes = Replicas.of(source);
        try (ReadAhead pages = new ReadAhead(changes, position, size, patience)) {
            boolean more = true;
            while (more && !stop.isRequested()) {
                ChangePage page = pages.next();
                more = page.more();
                long began = System.nanoTime();
                applier.apply(rewritten(page), page.scannedTo());
                size.applied(Duration.ofNanos(System.nanoTime() - began));
                count(page, lease);
            }
        }
    }

    private List<Change> rewritten(ChangePage page) {
        try {
            return plan.rewriting().of(page.changes());
        } catch (CannotChange e) {
            throw new MigrationRefused(Block.CHANGE, String.valueOf(e.getMessage()));
        }
    }

    private void count(ChangePage page, MigratorLease lease) {
        for (Change change : page.changes()) {
            if (change instanceof Change.Appended append) {
                append.events().stream()
                        .filter(event -> plan.rewriting().accepts(event.stream()))
                        .forEach(event -> run = run.with(event));
            }
        }
        position = page.scannedTo();
        if (System.nanoTime() - nextSave >= 0) {
            save(lease);
            head = patience.call(source::head);
            nextSave = System.nanoTime() + SAVE_INTERVAL.toNanos();
        }
        listener.accept(progress());
    }

    private void hide(HiddenStreams streams, Applier applier, MigratorLease lease) {
        List<StreamState> page = streams.next();
        while (!page.isEmpty() && !stop.isRequested()) {
            copyToHead(applier, lease);
            List<Change> changes = streams.changes(page, position);
            applier.apply(changes, position);
            hidden += changes.size();
            page = streams.next();
        }
    }

    private void save(MigratorLease lease) {
        Totals now = new Totals(
                before.events() + run.events(),
                before.bytes() + run.bytes(),
                run.last() == null ? before.last() : run.last());
        if (!patience.call(() -> records.save(lease.lease(), now))) {
            throw lease.lost();
        }
    }

    private Progress progress() {
        return new Progress(
                run.events(),
                run.bytes(),
                before.events() + run.events(),
                position,
                head,
                Duration.ofNanos(System.nanoTime() - start),
                retries.get());
    }

    private Copied result() {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Copied(!stop.isRequested(), run.events(), run.bytes(), hidden, position, time, retries.get());
    }
}
