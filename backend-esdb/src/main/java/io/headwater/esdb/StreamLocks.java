package io.headwater.esdb;

import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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

    /** Does work while it holds the lock of a stream, for which it waits within the time of the call. */
    <T> T locked(CallContext context, StreamId stream, Supplier<T> work) {
        Key key = new Key(storeId, stream);
        CallPermits lock = LOCKS.merge(key, new Holders(new CallPermits(1), 1), (known, added) -> known.and(1))
                .lock();
        try {
            if (!lock.acquire(context)) {
                throw new StoreUnavailable(
                        "other appends to the stream took until callTimeout; nothing was written", null);
            }
            try {
                return work.get();
            } finally {
                lock.release();
            }
        } finally {
            leave(key);
        }
    }

    private static void leave(Key key) {
        LOCKS.computeIfPresent(key, (same, holders) -> holders.number() == 1 ? null : holders.and(-1));
    }
}
