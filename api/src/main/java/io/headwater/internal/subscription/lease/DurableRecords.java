package io.headwater.internal.subscription.lease;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.Selection;
import io.headwater.internal.subscription.parking.ParkedRecords;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoint and the other records of a durable subscription. The lease fences writes. */
public final class DurableRecords implements SubscriptionRecords {

    /**
     * The only partition that is used. Its checkpoint is the position up to which everything is handled, whatever the number of
     * lanes.
     */
    public static final int PARTITION = 0;

    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final CheckpointSaves saves;
    private final DurableLease lease;
    private final String name;
    private final boolean audited;
    private final KeptSelection selection;

    /** Creates the records of the subscription of this name, which has the lease. */
    public DurableRecords(
            EventStore store,
            CheckpointStore checkpoints,
            CheckpointSaves saves,
            DurableLease lease,
            String name,
            SubscriptionOptions options) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.saves = saves;
        this.lease = lease;
        this.name = name;
        this.audited = options.isAudited();
        this.selection = new KeptSelection(checkpoints, name, Selection.of(options));
    }

    @Override
    public boolean keepsCheckpoint() {
        return true;
    }

    @Override
    public Optional<Position> load() {
        selection.forget();
        Optional<Checkpoint> saved = checkpoints.load(name).stream().findFirst();
        saved.ifPresent(this::check);
        return saved.map(Checkpoint::position);
    }

    private void check(Checkpoint saved) {
        if (!saved.storeId().equals(store.storeId())) {
            throw new InvalidRequest(
                    "checkpoint of subscription '%s' belongs to store %s, and this is store %s. Reset the subscription to use it with this store"
                            .formatted(name, saved.storeId(), store.storeId()));
        }
        EventSource.checkReached(saved.position(), store, "checkpoint of subscription '" + name + "' at");
        selection.check();
    }

    @Override
    public boolean save(Position position, List<RecordChange> changes) {
        List<RecordChange> all = new ArrayList<>(changes);
        all.addAll(selection.missing());
        boolean saved = saves.save(new Save(lease.held(), PARTITION, position, all)) != SaveResult.FENCED;
        if (saved) {
            selection.saved();
        }
        return lease.keep(saved);
    }

    @Override
    public boolean change(List<RecordChange> changes) {
        return lease.keep(checkpoints.change(lease.held(), changes));
    }

    @Override
    public AuditLedger ledgerFrom(Position checkpoint) {
        return audited ? AuditLedger.from(checkpoint, checkpoints, name) : AuditLedger.none();
    }

    @Override
    public OutOfOrderAcks acks() {
        return OutOfOrderAcks.load(checkpoints, name);
    }

    @Override
    public ParkedStreams parked() {
        return new ParkedStreams(this::change, new ParkedRecords(store, checkpoints, name));
    }
}
