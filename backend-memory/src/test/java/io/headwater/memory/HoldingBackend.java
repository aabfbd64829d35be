package io.headwater.memory;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.Applied;
import io.headwater.spi.Backend;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Fidelity;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Positions;
import io.headwater.spi.Replication;
import io.headwater.spi.support.AppendDecision;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The memory backend with appends that can be held open, as in a database with transactions: places in the log are
 * taken first, events appear at the commit, only writers of the same streams wait, and no reader reaches a position
 * that is still open. Mutants take something of that away.
 */
public final class HoldingBackend extends ForwardingBackend implements HeldAppends {
    private final MemoryStorage storage;
    private final HeldStorage shared;
    private final Set<HeldAppend> open = ConcurrentHashMap.newKeySet();

    /** What is below, which knows of no place that is still open. */
    public interface Reckless {
        Backend backend();
    }

    private HoldingBackend(String name, MemoryStorage storage, Clock clock) {
        super(new MemoryBackend(name, storage, clock));
        this.storage = storage;
        this.shared = HeldStorage.of(storage);
    }

    public static Backend open(String name) {
        return open(name, Clock.systemUTC());
    }

    public static Backend open(String name, Clock clock) {
        return new HoldingBackend(name, MemoryStorage.acquire(name), clock);
    }

    @Override
    public AppendOutcome append(AppendRequest request) {
        return shared.write(HeldStorage.streams(request), () -> sound.append(request));
    }

    @Override
    public Position head() {
        return storage.read(
                () -> shared.floors.stream().reduce(storage.head(), (one, other) -> one.isAfter(other) ? other : one));
    }

    /** What was committed above the head is decided, too. */
    @Override
    public Position lastDecided() {
        return storage.read(() -> {
            Position head = head();
            Position last = storage.log.isEmpty()
                    ? Position.START
                    : storage.log.get(storage.log.size() - 1).position();
            return last.isAfter(head) ? last : head;
        });
    }

    @Override
    public Position positionAt(Instant time) {
        Position head = head();
        Position found = sound.positionAt(time);
        return found.isAfter(head) ? head : found;
    }

    /** What is below the mark is decided when it is read after the mark. */
    @Override
    public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
        Position mark = head();
        if (direction == Direction.BACKWARDS) {
            Position end = from.isAfter(mark) ? Positions.of(Positions.number(mark) + 1) : from;
            return sound.readLog(end, direction, filter, limit);
        }
        LogPage page = sound.readLog(from, direction, filter, limit);
        if (page.scannedTo().compareTo(mark) < 0) {
            return page;
        }
        List<RecordedEvent> decided = page.events().stream()
                .filter(event -> !event.position().isAfter(mark))
                .toList();
        return new LogPage(decided, from.isAfter(mark) ? from : mark, false);
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        if (type == Reckless.class) {
            Reckless below = () -> sound;
            return Optional.of(type.cast(below));
        }
        if (type == MemoryLoss.class) {
            return Optional.of(type.cast(new MemoryLoss(storage)));
        }
        if (type == Replication.class) {
            return super.facet(Replication.class).map(below -> type.cast(new HeldReplication(below)));
        }
        return type == HeldAppends.class ? Optional.of(type.cast(this)) : super.facet(type);
    }

    @Override
    public boolean holdsUpAppends() {
        return false;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        shared.lock(request);
        try {
            HeldAppend held = storage.write(() -> AppendDecision.decide(request, storage::stream)
                    .map(decided -> new Held(request, decided, List.of(), storage.head()))
                    .orElseGet(() -> written(request)));
            open.add(held);
            return held;
        } catch (RuntimeException e) {
            shared.unlock(request);
            throw e;
        }
    }

    private Held written(AppendRequest request) {
        Position floor = storage.head();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Write> writes = new ArrayList<>();
        List<AppendResult> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            Write recorded = AppendEvents.recorded(storage, write, now);
            writes.add(recorded);
            results.add(new AppendResult(write.stream(), recorded.version(), storage.head(), false));
        }
        return new Held(request, new AppendOutcome.Appended(results), writes, floor);
    }

    /** Reads up to the head, and waits for streams that are held. */
    private final class HeldReplication implements Replication {
        private final Replication below;

        HeldReplication(Replication below) {
            this.below = below;
        }

        @Override
        public Set<Fidelity> fidelity() {
            return below.fidelity();
        }

        @Override
        public ChangePage changes(Position after, LogFilter filter, int limit) {
            Position mark = head();
            ChangePage page = below.changes(after, filter, limit);
            if (page.scannedTo().compareTo(mark) < 0) {
                return page;
            }
            List<Change> decided = page.changes().stream()
                    .filter(change -> isUpTo(mark, change))
                    .toList();
            return new ChangePage(decided, after.isAfter(mark) ? after : mark, false);
        }

        private boolean isUpTo(Position mark, Change change) {
            return change instanceof Appended appended
                    ? !appended.position().isAfter(mark)
                    : change instanceof Truncated truncated
                            ? !truncated.position().isAfter(mark)
                            : !((Tombstoned) change).position().isAfter(mark);
        }

        @Override
        public Applied apply(Lease lease, Batch batch) {
            Set<StreamId> streams = batch.changes().stream()
                    .filter(Appended.class::isInstance)
                    .flatMap(change -> ((Appended) change).writes().stream().map(Write::stream))
                    .collect(Collectors.toSet());
            return shared.write(streams, () -> below.apply(lease, batch));
        }
    }

    @Override
    public void close() {
        open.forEach(HeldAppend::close);
        super.close();
    }

    private final class Held implements HeldAppend {
        private final AppendRequest request;
        private final AppendOutcome outcome;
        private final List<Write> writes;
        private final Position floor;
        private final AtomicBoolean ended = new AtomicBoolean();

        Held(AppendRequest request, AppendOutcome outcome, List<Write> writes, Position floor) {
            this.request = request;
            this.outcome = outcome;
            this.writes = writes;
            this.floor = floor;
            shared.floors.add(floor);
        }

        @Override
        public AppendOutcome commit() {
            if (!end(this::write)) {
                throw new IllegalStateException("the held append was committed or rolled back before");
            }
            return outcome;
        }

        @Override
        public void rollback() {
            end(() -> {});
        }

        /** Returns false if it had ended before. */
        private boolean end(Runnable write) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            storage.write(() -> {
                write.run();
                shared.floors.remove(floor);
            });
            open.remove(this);
            shared.unlock(request);
            storage.wakeUps.fire();
            return true;
        }

        private void write() {
            if (!writes.isEmpty()) {
                storage.add(new Appended(writes));
            }
        }
    }
}
