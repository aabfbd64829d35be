package io.headwater.internal;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Replication;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Refuses a page of nothing, as every other read does (R4), and appends that the store would not take either (A6, P4).
 *
 * @param backend what reads and applies changes
 * @param check throws for a request that the store does not take
 */
record CheckedReplication(Replication backend, Consumer<AppendRequest> check) implements Replication {

    @Override
    public Set<Fidelity> fidelity() {
        return Guard.answered(backend.fidelity(), "fidelity");
    }

    @Override
    public ChangePage changes(Position after, LogFilter filter, int limit) {
        if (limit < 1) {
            throw new InvalidRequest("limit " + limit + " is not positive");
        }
        Guard.notNull(after, "position");
        return Guard.answered(backend.changes(after, Guard.notNull(filter, "filter"), limit), "changes");
    }

    @Override
    public Applied apply(Lease lease, Batch batch) {
        Guard.notNull(batch, "batch").changes().stream()
                .filter(Appended.class::isInstance)
                .map(change -> request((Appended) change))
                .forEach(check);
        return Guard.answered(backend.apply(Guard.notNull(lease, "lease"), batch), "apply");
    }

    /** The append as it would be made by an application. */
    private static AppendRequest request(Appended appended) {
        return new AppendRequest(
                appended.writes().stream().map(CheckedReplication::write).toList(), List.of());
    }

    private static StreamWrite write(Write write) {
        return new StreamWrite(
                write.stream(),
                ExpectedVersion.exactly(write.afterVersion()),
                write.events().stream().map(RecordedEvent::toEventData).toList());
    }
}
