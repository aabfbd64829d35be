package io.headwater.memory;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.Positions;
import io.headwater.spi.support.AppendWakeUps;
import io.headwater.spi.support.ApplyDecision.NewBounds;
import io.headwater.spi.support.SingleProcessCheckpoints;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What the stores of one name share. One writer at a time, so that the order of the log is the order of the appends; all
 * state but the wake-ups and the checkpoints, which look after themselves, is touched only within {@link #read} and {@link
 * #write}.
 */
final class MemoryStorage {
    private static final Map<String, MemoryStorage> NAMED = new HashMap<>();

    final String id = UUID.randomUUID().toString();

    /** All events, by position. */
    final List<RecordedEvent> log = new ArrayList<>();

    /** All changes, by the positions of their last events. Whether an append has a non-exact expectation is for its stream to say. */
    final NavigableMap<Position, Change> changes = new TreeMap<>();

    final Map<StreamId, MemoryStream> streams = new TreeMap<>();
    final Map<MemorySnapshots.Key, Snapshot> snapshots = new HashMap<>();
    final SingleProcessCheckpoints checkpoints = new SingleProcessCheckpoints(id, Clock.systemUTC());
    final AppendWakeUps wakeUps = new AppendWakeUps();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private long lastPosition;
    private int users;

    /** The storage of this name, or a new one without a name. Each is to be released. */
    static MemoryStorage acquire(String name) {
        synchronized (NAMED) {
            MemoryStorage storage =
                    name.isEmpty() ? new MemoryStorage() : NAMED.computeIfAbsent(name, absent -> new MemoryStorage());
            storage.users++;
            return storage;
        }
    }

    /** The storage of this name, if a store of this name is open. To be released. */
    static Optional<MemoryStorage> acquireExisting(String name) {
        synchronized (NAMED) {
            Optional<MemoryStorage> storage = Optional.ofNullable(NAMED.get(name));
            storage.ifPresent(found -> found.users++);
            return storage;
        }
    }

    /** Forgets the storage when its last user leaves. */
    void release(String name) {
        synchronized (NAMED) {
            users--;
            if (users == 0) {
                NAMED.remove(name, this);
            }
        }
    }

    <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    <T> T write(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    void write(Runnable work) {
        write(() -> {
            work.run();
            return true;
        });
    }

    /** The stream as it is; a new one that nothing remembers if it was never written. */
    MemoryStream stream(StreamId id) {
        MemoryStream known = streams.get(id);
        return known == null ? new MemoryStream(id) : known;
    }

    /** The stream as it is from now on part of the storage. */
    MemoryStream streamToWrite(StreamId id) {
        return streams.computeIfAbsent(id, MemoryStream::new);
    }

    Position head() {
        return Positions.of(lastPosition);
    }

    /** The next position of the log. Never given twice, also when the events at the end are scavenged. */
    Position nextPosition() {
        lastPosition++;
        return head();
    }

    /** Uses a position that was not given by {@link #nextPosition()}, and lies behind all that were. */
    Position keep(Position position) {
        lastPosition = Positions.number(position);
        return position;
    }

    /** Adds an append. Its positions may lie before those of others that were faster. */
    void add(Appended appended) {
        for (Write write : appended.writes()) {
            streamToWrite(write.stream()).add(write);
        }
        List<RecordedEvent> events = appended.events();
        int place = log.size();
        while (place > 0 && log.get(place - 1).position().isAfter(appended.position())) {
            place--;
        }
        log.addAll(place, events);
        changes.put(appended.position(), appended);
    }

    /** Changes which events of a stream can be read. What has a position is a change of its own. */
    void move(NewBounds change) {
        streamToWrite(change.stream()).move(change);
        change.position()
                .ifPresent(position -> changes.put(
                        position,
                        change.after().tombstoned()
                                ? new Tombstoned(position, change.stream())
                                : new Truncated(
                                        position,
                                        change.stream(),
                                        change.after().first())));
    }
}
