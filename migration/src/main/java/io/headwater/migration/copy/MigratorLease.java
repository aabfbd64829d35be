package io.headwater.migration.copy;

import io.headwater.EventStoreException;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to run a migration, renewed by a thread of its own until it is closed. That keeps two processes apart that begin by
 * mistake; that each version is written once does not rest on it.
 */
final class MigratorLease implements AutoCloseable {
    /** A process that died is followed after this time. */
    private static final Duration TERM = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CheckpointStore checkpoints;
    private final Lease lease;
    private final Duration term;
    private final Stop closed = new Stop();
    private final Thread renewals;
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean lost;

    private MigratorLease(CheckpointStore checkpoints, Lease lease, Duration term) {
        this.checkpoints = checkpoints;
        this.lease = lease;
        this.term = term;
        this.renewals = new Thread(this::renew, "headwater-" + lease.subscription());
        renewals.setDaemon(true);
        renewals.start();
    }

    /**
     * Waits as long as a process that died could still hold the lease.
     *
     * @throws AnotherMigrator if another process renews it meanwhile
     */
    static MigratorLease acquire(CheckpointStore checkpoints, String name, Stop stop) {
        return acquire(checkpoints, name, stop, TERM);
    }

    static MigratorLease acquire(CheckpointStore checkpoints, String name, Stop stop, Duration term) {
        String owner = "process " + ProcessHandle.current().pid() + ", " + UUID.randomUUID();
        long start = System.nanoTime();
        while (true) {
            Optional<Lease> lease = checkpoints.acquire(name, owner, term);
            if (lease.isPresent()) {
                return new MigratorLease(checkpoints, lease.get(), term);
            }
            boolean tooLong = System.nanoTime() - start > term.plus(GRACE).toNanos();
            if (tooLong || stop.await(POLL)) {
                String holder = new MigrationRecords(checkpoints, name).holder().orElse("another process");
                throw new AnotherMigrator("another migrator is at work: " + holder + " holds '" + name + "'");
            }
        }
    }

    private void renew() {
        while (!closed.await(term.dividedBy(3))) {
            try {
                renewOnce();
            } catch (EventStoreException unreachable) {
                // The lease stays with its holder until another process takes it over; the copy meets the same failure.
            }
        }
    }

    private void renewOnce() {
        long now = System.nanoTime();
        if (checkpoints.renew(lease, term)) {
            renewedAt = now;
        } else {
            lost = true;
        }
    }

    Lease lease() {
        return lease;
    }

    /**
     * Must be called before each change. A process that was stopped for longer than the term asks the store first, as another process
     * may have taken over meanwhile.
     *
     * @throws AnotherMigrator if another process took over
     */
    void check() {
        if (!lost && System.nanoTime() - renewedAt > term.toNanos()) {
            renewOnce();
        }
        if (lost) {
            throw lost();
        }
    }

    AnotherMigrator lost() {
        return new AnotherMigrator("another migrator took over '" + lease.subscription() + "': this one has ended");
    }

    @Override
    public void close() {
        closed.request();
        boolean interrupted = Thread.interrupted();
        try {
            renewals.join();
            checkpoints.release(lease);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (EventStoreException unreachable) {
            // It expires.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
