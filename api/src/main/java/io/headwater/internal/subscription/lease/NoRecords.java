package io.headwater.internal.subscription.lease;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** The records of an ephemeral subscription: none. */
public final class NoRecords implements SubscriptionRecords {

    @Override
    public boolean keepsCheckpoint() {
        return false;
    }

    @Override
    public Optional<Position> load() {
        return Optional.empty();
    }

    @Override
    public boolean save(Position position, List<RecordChange> changes) {
        return true;
    }

    @Override
    public boolean change(List<RecordChange> changes) {
        return true;
    }

    @Override
    public AuditLedger ledgerFrom(Position checkpoint) {
        return AuditLedger.none();
    }

    @Override
    public OutOfOrderAcks acks() {
        return OutOfOrderAcks.none();
    }

    @Override
    public ParkedStreams parked() {
        return new ParkedStreams(this::change, null);
    }
}
