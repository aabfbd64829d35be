package io.headwater.postgres;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Replication;
import java.util.EnumSet;
import java.util.Set;

/** Returns the changes of the store, and applies those of other stores, each batch in one transaction. */
final class PostgresReplication implements Replication {
    private final Database database;
    private final LogHead head;
    private final PostgresCheckpoints checkpoints;
    private final AppendSignals signals;

    PostgresReplication(Database database, LogHead head, PostgresCheckpoints checkpoints, AppendSignals signals) {
        this.database = database;
        this.head = head;
        this.checkpoints = checkpoints;
        this.signals = signals;
    }

    @Override
    public Set<Fidelity> fidelity() {
        return EnumSet.allOf(Fidelity.class);
    }

    @Override
    public ChangePage changes(Position after, LogFilter filter, int limit) {
        return database.read(session -> new ReadChanges(session, filter, limit).after(after, head.now(session)));
    }

    @Override
    public Applied apply(Lease lease, Batch batch) {
        Applied applied = database.transaction(session -> ApplyBatch.run(session, checkpoints, lease, batch));
        signals.appended();
        return applied;
    }
}
