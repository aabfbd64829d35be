package io.headwater.internal.subscription.lease;

import io.headwater.Position;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.internal.subscription.schedule.Alarm;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** Nobody else can run a subscription without a name, and nothing of it is kept. */
public final class EphemeralLease implements SubscriptionLease {
    @Override
    public boolean acquire() {
        return true;
    }

    @Override
    public boolean renew() {
        return true;
    }

    @Override
    public long dueAt() {
        return System.nanoTime() + Alarm.MAX_NANOS;
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public boolean isLost() {
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
    public OutOfOrderAcks ahead() {
        return OutOfOrderAcks.none();
    }

    @Override
    public ParkedStreams parked() {
        return new ParkedStreams(this, null);
    }

    @Override
    public void release() {}

    @Override
    public void onChange(Runnable changed) {}

    @Override
    public void end() {}
}
