package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.schedule.Alarm;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease of the store. Another owner takes it over when it has expired by the clock of the storage. This process counts its term
 * by its own monotonic clock, from the time before the lease was requested, so a process that was stopped for a while renews the
 * lease before it calls a handler.
 */
public final class DurableLease implements SubscriptionLease {
    private static final int RENEWALS_PER_TERM = 3;
    private static final Duration MAX_STANDBY = Duration.ofSeconds(1);

    private final CheckpointStore checkpoints;
    private final SharedCalls shared;
    private final String name;
    private final Duration term;
    private final String owner = owner();
    private volatile @Nullable Lease lease;
    private volatile boolean lost;
    private volatile long validUntil;
    private volatile long dueAt = System.nanoTime();

    /** Whether {@link LeaseRenewals} renews the lease while it is held. */
    private volatile boolean renewedByOthers;

    private volatile Runnable changed = () -> {};

    /** Creates a lease that is not acquired yet. */
    public DurableLease(CheckpointStore checkpoints, SharedCalls shared, String name, Duration term) {
        this.checkpoints = checkpoints;
        this.shared = shared;
        this.name = name;
        this.term = term;
    }

    /** Returns a unique name that tells operators where the holder runs. */
    private static String owner() {
        String host = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
        String process = "process " + ProcessHandle.current().pid() + (host.isBlank() ? "" : " on " + host);
        return process + " (" + UUID.randomUUID().toString().substring(0, 8) + ")";
    }

    @Override
    public boolean acquire() {
        if (lease != null && !lost) {
            return renew();
        }
        long now = System.nanoTime();
        if (now - dueAt < 0) {
            return false;
        }
        Lease acquired = checkpoints.acquire(name, owner, term).orElse(null);
        lease = acquired;
        lost = false;
        if (acquired == null) {
            dueAt = now + standby().toNanos();
            return false;
        }
        return hold(now);
    }

    @Override
    public boolean renew() {
        long now = System.nanoTime();
        if (lost || renewedByOthers || now - dueAt < 0) {
            return !lost;
        }
        return keep(checkpoints.renew(held(), term)) && hold(now);
    }

    private boolean hold(long now) {
        holdSince(now);
        renewedByOthers = true;
        shared.renewals().add(this);
        return true;
    }

    private void holdSince(long now) {
        validUntil = now + term.toNanos();
        dueAt = now + interval(term).toNanos();
    }

    /** Returns the time between two renewals. */
    static Duration interval(Duration term) {
        return term.dividedBy(RENEWALS_PER_TERM);
    }

    Duration term() {
        return term;
    }

    /** Returns the lease if it is held. Any thread. */
    Optional<Lease> current() {
        return Optional.ofNullable(lease).filter(held -> !lost);
    }

    /** Returns whether the lease is held and {@link LeaseRenewals} renews it. Any thread. */
    boolean isRenewedByOthers() {
        return renewedByOthers && current().isPresent();
    }

    /** Returns whether the lease has to be renewed within this time. Any thread. */
    boolean isDueIn(Duration time, long now) {
        return dueAt - now <= time.toNanos();
    }

    /** Returns when the lease has to be renewed, as {@link System#nanoTime()}. Any thread. */
    long renewAt() {
        return dueAt;
    }

    /** Receives the result of a renewal that began at this time. Lanes that found the lease expired are signalled. Any thread. */
    void renewed(Lease renewed, boolean kept, long since) {
        boolean goesOn = isValid();
        synchronized (this) {
            if (lost || !renewed.equals(lease)) {
                return;
            }
            if (keep(kept)) {
                holdSince(since);
            }
        }
        if (!kept || !goesOn) {
            changed.run();
        }
    }

    /** Called if the lease could not be renewed. The subscription then renews it itself. Any thread. */
    void leaveToOwner() {
        renewedByOthers = false;
        changed.run();
    }

    @Override
    public void onChange(Runnable call) {
        changed = call;
    }

    @Override
    public void end() {
        renewedByOthers = false;
        shared.renewals().remove(this);
    }

    private Duration standby() {
        Duration part = term.dividedBy(2 * RENEWALS_PER_TERM);
        return part.compareTo(MAX_STANDBY) < 0 ? part : MAX_STANDBY;
    }

    /** Returns the lease that fences writes. */
    Lease held() {
        return Objects.requireNonNull(lease, "lease");
    }

    /** Returns whether a write under the lease was accepted. If not, the lease is lost. */
    synchronized boolean keep(boolean kept) {
        if (!kept) {
            end();
            lost = true;
            dueAt = System.nanoTime();
        }
        return kept;
    }

    @Override
    public long dueAt() {
        return isRenewedByOthers() ? System.nanoTime() + Alarm.MAX_NANOS : dueAt;
    }

    @Override
    public boolean isValid() {
        return lease != null && !lost && validUntil - System.nanoTime() > 0;
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public void release() {
        Lease current = lease;
        end();
        if (current != null && !lost) {
            checkpoints.release(current);
            lease = null;
        }
    }
}
