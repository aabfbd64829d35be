package io.headwater.spi.support;

import io.headwater.IncompatibleStore;
import io.headwater.spi.support.ChangeJournal.Changes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its journal says. An entry of the journal is a change, or belongs to a row that stands for the whole state:
 * the beginning of the row, which says how many entries the row has, or a part of it. The row counts when all its entries lie
 * one behind the other; until then the changes before it do.
 */
final class SubscriptionJournal {
    private static final byte ROW = 2;
    private static final byte PART = 3;

    /** Changes after which a compaction that failed is tried again. */
    private static final int RETRIED_AFTER = 100;

    private final String name;
    private final ChangeJournal journal;
    private final Lock lock = new ReentrantLock();
    private KnownSubscription known;
    private @Nullable Row row;
    private long revision = ChangeJournal.NONE;

    /** Changes since the last row. */
    private int changes;

    private int failedAt;

    SubscriptionJournal(String name, ChangeJournal journal) {
        this.name = name;
        this.journal = journal;
        this.known = new KnownSubscription(name);
    }

    /** A row of which some entries were read. */
    private static final class Row {
        private final KnownSubscription state;
        private int missing;

        Row(String name, int parts) {
            state = new KnownSubscription(name);
            missing = parts;
        }
    }

    <T> T locked(Function<SubscriptionJournal, T> work) {
        lock.lock();
        try {
            return work.apply(this);
        } finally {
            lock.unlock();
        }
    }

    /** The subscription as it is now. Within {@link #locked}, as everything below. */
    KnownSubscription current() {
        Changes read = journal.after(name, revision);
        if (read.first() != revision + 1) {
            forget();
            revision = read.first() - 1;
        }
        read.changes().forEach(this::apply);
        return known;
    }

    /** As if nothing had been read. */
    boolean forget() {
        known = new KnownSubscription(name);
        row = null;
        changes = 0;
        failedAt = 0;
        revision = ChangeJournal.NONE;
        return true;
    }

    private void apply(byte[] entry) {
        switch (entry[0]) {
            case SubscriptionChange.FORMAT -> apply(SubscriptionChange.decoded(entry));
            case ROW ->
                row = new Row(name, ByteBuffer.wrap(entry, 1, Integer.BYTES).getInt() - 1);
            case PART -> applyPart(entry);
            default ->
                throw new IncompatibleStore(
                        "the checkpoints of subscription '%s' have an entry of kind %s, which this version does not know; use the version that wrote it"
                                .formatted(name, entry[0]),
                        null);
        }
        revision++;
    }

    private void apply(SubscriptionChange change) {
        row = null;
        known.apply(change);
        changes++;
    }

    private void applyPart(byte[] entry) {
        if (row == null) {
            return;
        }
        row.state.apply(SubscriptionChange.decoded(Arrays.copyOfRange(entry, 1, entry.length)));
        row.missing--;
        if (row.missing == 0) {
            known = row.state;
            row = null;
            changes = 0;
            failedAt = 0;
        }
    }

    /** Appends a change that was decided on the {@link #current} subscription. Returns false if that has changed since. */
    boolean append(SubscriptionChange change) {
        byte[] entry = change.encoded();
        boolean appended = journal.append(name, revision, List.of(entry));
        if (appended) {
            apply(entry);
        }
        return appended;
    }

    /** Replaces the journal by its state, if it has this many changes. */
    void compactAfter(int most) {
        if (changes < most || (failedAt > 0 && changes < failedAt + RETRIED_AFTER)) {
            return;
        }
        failedAt = changes;
        journal.compact(name, revision, whole());
    }

    private List<byte[]> whole() {
        List<SubscriptionChange> parts = known.whole();
        List<byte[]> entries = new ArrayList<>();
        entries.add(ByteBuffer.allocate(1 + Integer.BYTES)
                .put(ROW)
                .putInt(parts.size() + 1)
                .array());
        for (SubscriptionChange part : parts) {
            byte[] change = part.encoded();
            entries.add(
                    ByteBuffer.allocate(1 + change.length).put(PART).put(change).array());
        }
        return entries;
    }
}
