package io.headwater.internal;

import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Since when each lease that a stand-by waits for was not renewed, by a monotonic clock of this process. So a holder that died
 * is noticed also where its clock, or that of the storage, was ahead or has gone back since (K3). Thread-safe.
 */
final class LeaseWatch {
    private final LongSupplier nanoTime;
    private final Map<String, Sight> sights = new ConcurrentHashMap<>();

    /** By this clock, whose times are as those of {@link System#nanoTime()}. */
    LeaseWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A lease as it was when it was first seen like this.
     *
     * @param since when that was, at the latest
     */
    private record Sight(Holder holder, long since) {}

    /**
     * Whether a lease that was just read has not been renewed for its term since it was first seen like this. What is known of
     * the lease before begins anew when it has changed.
     */
    boolean isUnrenewed(Holder holder) {
        long now = nanoTime.getAsLong();
        Sight sight = sights.compute(
                holder.lease().subscription(),
                (name, known) -> known != null && known.holder().equals(holder) ? known : new Sight(holder, now));
        return Duration.ofNanos(now - sight.since()).compareTo(holder.term()) >= 0;
    }

    /** Forgets a lease that no stand-by of this process waits for any longer. */
    void end(Lease lease) {
        sights.remove(lease.subscription());
    }
}
