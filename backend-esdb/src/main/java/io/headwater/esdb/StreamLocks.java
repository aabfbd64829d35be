package io.headwater.esdb;

import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One lock for each stream that is written to. All stores of the process over the same storage share it, so that of two appends of
 * the same events one finds the other written.
 */
final class StreamLocks {
    private static final ConcurrentHashMap<Key, Holders> LOCKS = new ConcurrentHashMap<>();

    private final String storeId;

    StreamLocks(String storeId) {
        this.storeId = storeId;
    }

    private record Key(String storeId, StreamId stream) {}

    /** A lock, and the number of calls that hold it or wait for it. */
    private record Holders(CallPermits lock, int number) {
        Holders and(int more) {
            return new Holders(lock, number + more);
        }
    }

    /** A lock that is held until it is closed. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the lock of a stream, within the time of the call. */
    Lock lock(CallContext context, StreamId stream) {
        Key key = new Key(storeId, stream);
        CallPermits lock = LOCKS.merge(key, new Holders(new CallPermits(1), 1), (known, added) -> known.and(1))
                .lock();
        boolean locked = false;
        try {
            locked = lock.acquire(context);
        } finally {
            if (!locked) {
                leave(key);
            }
        }
        if (!locked) {
            throw new StoreUnavailable("other appends to the stream took until callTimeout; nothing was written", null);
        }
        return () -> {
            lock.release();
            leave(key);
        };
    }

    private static void leave(Key key) {
        LOCKS.computeIfPresent(key, (same, holders) -> holders.number() == 1 ? null : holders.and(-1));
    }
}
