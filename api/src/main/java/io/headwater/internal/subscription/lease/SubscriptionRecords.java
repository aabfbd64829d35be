package io.headwater.internal.subscription.lease;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/**
 * The stored records of a subscription, which are written under its lease. For the dispatcher's task, unless stated otherwise;
 * blocks.
 */
public interface SubscriptionRecords {

    /** Returns whether a checkpoint is stored, so that a save blocks. Any thread. */
    boolean keepsCheckpoint();

    /** Loads the checkpoint. Empty if the subscription never ran. */
    Optional<Position> load();

    /** Saves the checkpoint and these changes. Returns false if the lease was lost. */
    boolean save(Position position, List<RecordChange> changes);

    /** Changes records. Returns false if the lease was lost. Any thread. */
    boolean change(List<RecordChange> changes);

    /** Returns the ledger that records what is handled from this checkpoint on. */
    AuditLedger ledgerFrom(Position checkpoint);

    /** Loads the events behind the checkpoint that were handled before it was saved. */
    OutOfOrderAcks acks();

    /** Loads the parked events. */
    ParkedStreams parked();
}
