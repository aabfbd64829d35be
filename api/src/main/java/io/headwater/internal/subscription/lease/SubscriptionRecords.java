package io.headwater.internal.subscription.lease;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** What is kept of a subscription, and written under its lease. For the dispatcher's task where nothing else is said; blocks. */
public interface SubscriptionRecords {

    /** The checkpoint; empty if the subscription never ran. */
    Optional<Position> load();

    /** Saves the checkpoint, with these changes. False if the lease was lost. */
    boolean save(Position position, List<RecordChange> changes);

    /** Changes records. False if the lease was lost. Any thread. */
    boolean change(List<RecordChange> changes);

    /** Where it is recorded from here on what was handled. */
    AuditLedger ledgerFrom(Position checkpoint);

    /** What was handled behind the checkpoint when it was saved. */
    OutOfOrderAcks acks();

    /** What is parked. */
    ParkedStreams parked();
}
