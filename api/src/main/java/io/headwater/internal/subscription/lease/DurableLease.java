package io.headwater.internal.subscription.lease;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.SubscriptionOptions;
import io.headwater.internal.subscription.audit.AuditLedger;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.Selection;
import io.headwater.internal.subscription.parking.ParkedRecords;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease of the store. Others take it over when it ran out by the storage's clock; here it counts as valid for no longer
 * than its term since before it was asked for, by this process's monotonic clock, so that a process that was stopped for a
 * while does not call a handler before it has asked again.
 */
public final class DurableLease implements SubscriptionLease {
    private static final int RENEWALS_PER_TERM = 3;
    private static final Duration MAX_STANDBY = Duration.ofSeconds(1);

    /** Only one partition is used: the position below which everything is handled, however many streams are in work. */
    public static final int PARTITION = 0;

    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final String name;
    private final Selection selection;
    private final Duration term;
    private final boolean audited;
    private final String owner = owner();
    private volatile @Nullable Lease lease;
    private volatile boolean lost;
    private volatile long validUntil;
    private volatile long dueAt = System.nanoTime();
    private boolean selectionKept;

    public DurableLease(EventStore store, CheckpointStore checkpoints, String name, SubscriptionOptions options) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.name = name;
        this.selection = Selection.of(options);
        this.term = options.leaseTerm();
        this.audited = options.isAudited();
    }

    /** Tells operators where the holder runs, and is unique. */
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
        lease = checkpoints.acquire(name, owner, term).orElse(null);
        lost = false;
        if (lease == null) {
            dueAt = now + standby().toNanos();
            return false;
        }
        return holdSince(now);
    }

    @Override
    public boolean renew() {
        long now = System.nanoTime();
        if (lost || now - dueAt < 0) {
            return !lost;
        }
        return keep(checkpoints.renew(held(), term)) && holdSince(now);
    }

    private boolean holdSince(long now) {
        validUntil = now + term.toNanos();
        dueAt = now + term.toNanos() / RENEWALS_PER_TERM;
        return true;
    }

    private Duration standby() {
        Duration part = term.dividedBy(2 * RENEWALS_PER_TERM);
        return part.compareTo(MAX_STANDBY) < 0 ? part : MAX_STANDBY;
    }

    private Lease held() {
        return Objects.requireNonNull(lease, "lease");
    }

    private boolean keep(boolean kept) {
        if (!kept) {
            lost = true;
            dueAt = System.nanoTime();
        }
        return kept;
    }

    @Override
    public long dueAt() {
        return dueAt;
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
    public Optional<Position> load() {
        selectionKept = false;
        Optional<Checkpoint> saved = checkpoints.load(name).stream().findFirst();
        saved.ifPresent(this::check);
        return saved.map(Checkpoint::position);
    }

    private void check(Checkpoint saved) {
        if (!saved.storeId().equals(store.storeId())) {
            throw new InvalidRequest(
                    "checkpoint of subscription '%s' is of store %s, this is store %s. Reset the subscription to go on here"
                            .formatted(name, saved.storeId(), store.storeId()));
        }
        EventSource.checkReached(saved.position(), store, "checkpoint of subscription '" + name + "' at");
        Optional<Selection> begunWith = Selection.load(checkpoints, name);
        begunWith.ifPresent(selection::checkSame);
        selectionKept = begunWith.isPresent();
    }

    @Override
    public boolean save(Position position, List<RecordChange> changes) {
        List<RecordChange> all = new ArrayList<>(changes);
        if (!selectionKept) {
            all.add(selection.toChange());
        }
        boolean saved = checkpoints.save(held(), PARTITION, position, all) != SaveResult.FENCED;
        selectionKept |= saved;
        return keep(saved);
    }

    @Override
    public boolean change(List<RecordChange> changes) {
        return keep(checkpoints.change(held(), changes));
    }

    @Override
    public AuditLedger ledgerFrom(Position checkpoint) {
        return audited ? AuditLedger.from(checkpoint, checkpoints, name) : AuditLedger.none();
    }

    @Override
    public OutOfOrderAcks ahead() {
        return OutOfOrderAcks.load(checkpoints, name);
    }

    @Override
    public ParkedStreams parked() {
        return new ParkedStreams(this, new ParkedRecords(store, checkpoints, name));
    }

    @Override
    public void release() {
        Lease current = lease;
        if (current != null && !lost) {
            checkpoints.release(current);
            lease = null;
        }
    }
}
