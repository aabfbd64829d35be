package io.headwater.internal.subscription;

import io.headwater.Position;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** Nobody else can run a subscription without a name, and nothing of it is kept. */
final class EphemeralTenure implements Tenure {
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
        return System.nanoTime() + Alarm.LONGEST_NANOS;
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
    public HandledAhead ahead() {
        return HandledAhead.none();
    }

    @Override
    public ParkedStreams parked() {
        return new ParkedStreams(this, null);
    }

    @Override
    public void release() {}
}
