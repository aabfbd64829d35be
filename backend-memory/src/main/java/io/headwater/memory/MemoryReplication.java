package io.headwater.memory;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.Replication;
import io.headwater.spi.support.ApplyDecision;
import io.headwater.spi.support.ApplyDecision.Decided;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.ApplyDecision.NewEvents;
import io.headwater.spi.support.ApplyDecision.Step;
import io.headwater.spi.support.ChangeFilter;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Returns the changes of the storage, and applies those of others. */
final class MemoryReplication implements Replication, ApplyDecision.Target {
    private final MemoryStorage storage;
    private final CheckpointStore checkpoints;

    MemoryReplication(MemoryStorage storage, CheckpointStore checkpoints) {
        this.storage = storage;
        this.checkpoints = checkpoints;
    }

    @Override
    public Set<Fidelity> fidelity() {
        return EnumSet.allOf(Fidelity.class);
    }

    @Override
    public ChangePage changes(Position after, LogFilter filter, int limit) {
        return storage.read(() -> {
            List<Change> page = new ArrayList<>();
            int count = 0;
            for (Map.Entry<Position, Change> entry :
                    storage.changes.tailMap(after, false).entrySet()) {
                if (ChangeFilter.accepts(filter, entry.getValue())) {
                    page.add(told(entry.getValue()));
                    count += size(entry.getValue());
                }
                if (count >= limit) {
                    return new ChangePage(page, entry.getKey(), storage.head().isAfter(entry.getKey()));
                }
            }
            return new ChangePage(page, storage.head().isAfter(after) ? storage.head() : after, false);
        });
    }

    private static int size(Change change) {
        return change instanceof Appended appended ? appended.events().size() : 1;
    }

    private Change told(Change change) {
        return change instanceof Appended appended
                ? new Appended(appended.writes().stream()
                        .map(write -> new Write(isNonExact(write), write.events()))
                        .toList())
                : change;
    }

    private boolean isNonExact(Write write) {
        return RecentAppends.contain(storage.stream(write.stream()).recent(), write.events());
    }

    @Override
    public Applied apply(Lease lease, Batch batch) {
        Applied applied = storage.write(() -> {
            if (!checkpoints.change(lease, List.of())) {
                return new Applied.Fenced();
            }
            Decided decided = ApplyDecision.decide(batch, storage.head(), this);
            return decided.diverged().isPresent() ? decided.diverged().get() : write(lease, batch, decided.steps());
        });
        storage.wakeUps.fire();
        return applied;
    }

    private Applied write(Lease lease, Batch batch, List<Step> steps) {
        if (!checkpoints.change(lease, List.of(batch.progressAt(batch.upTo())))) {
            return new Applied.Fenced();
        }
        for (Step step : steps) {
            if (step instanceof NewEvents events) {
                storage.add(new Appended(events.writes().stream()
                        .map(write -> placed(write, batch.keepPositions()))
                        .toList()));
            } else if (step instanceof NewBounds bounds) {
                storage.move(placed(bounds, batch.keepPositions()));
            }
        }
        return new Applied.Done(storage.head());
    }

    private Position place(Position source, boolean keep) {
        return keep ? storage.keep(source) : storage.nextPosition();
    }

    private Write placed(Write write, boolean keep) {
        return new Write(
                write.nonExact(),
                write.events().stream()
                        .map(event -> new RecordedEvent(
                                event.stream(),
                                event.version(),
                                place(event.position(), keep),
                                event.id(),
                                event.type(),
                                event.data(),
                                event.metadata(),
                                event.recordedAt().truncatedTo(ChronoUnit.MICROS)))
                        .toList());
    }

    private NewBounds placed(NewBounds bounds, boolean keep) {
        return new NewBounds(
                bounds.stream(), bounds.position().map(source -> place(source, keep)), bounds.before(), bounds.after());
    }

    @Override
    public StreamBounds bounds(StreamId stream) {
        return storage.stream(stream).bounds();
    }

    @Override
    public List<RecordedEvent> events(StreamId stream, long afterVersion, int count) {
        return List.copyOf(storage.stream(stream)
                .events
                .subMap(afterVersion, false, afterVersion + count, true)
                .values());
    }
}
