package io.headwater.memory;

import io.headwater.AppendRequest;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the held appends of one storage, from all its instances, keep others from: their streams, and the log from their
 * places on.
 */
final class HeldStorage {
    private static final Map<MemoryStorage, HeldStorage> ALL = Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<StreamId> held = new HashSet<>();
    private int writing;

    /** Where the log can be read to beside each of those that are held; touched within the storage's lock only. */
    final List<Position> floors = new ArrayList<>();

    static HeldStorage of(MemoryStorage storage) {
        return ALL.computeIfAbsent(storage, absent -> new HeldStorage());
    }

    static Set<StreamId> streams(AppendRequest request) {
        return Stream.concat(
                        request.writes().stream().map(StreamWrite::stream),
                        request.checks().stream().map(StreamCheck::stream))
                .collect(Collectors.toSet());
    }

    /** Writes to these streams when none of them is held. */
    <T> T write(Set<StreamId> streams, Supplier<T> write) {
        synchronized (this) {
            while (!Collections.disjoint(held, streams)) {
                await();
            }
            writing++;
        }
        try {
            return write.get();
        } finally {
            synchronized (this) {
                writing--;
                notifyAll();
            }
        }
    }

    /** Waits until no append writes to or holds these streams, and holds them. */
    synchronized void lock(AppendRequest request) {
        Set<StreamId> streams = streams(request);
        while (writing > 0 || !Collections.disjoint(held, streams)) {
            await();
        }
        held.addAll(streams);
    }

    synchronized void unlock(AppendRequest request) {
        held.removeAll(streams(request));
        notifyAll();
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
    }
}
