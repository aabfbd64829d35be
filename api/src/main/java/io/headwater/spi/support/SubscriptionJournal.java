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
 * A subscription whose state is read from its journal. An entry of the journal is a change, or belongs to a compacted
 * state, which replaces all changes before it: the beginning of that state, with the number of its entries, or a part
 * of it. A compacted state is valid if all its entries are consecutive; otherwise the changes before it remain valid.
 */
final class SubscriptionJournal {
    private static final byte COMPACTED = 2;
    private static final byte PART = 3;

    /** The number of changes after which a failed compaction is tried again. */
    private static final int RETRIED_AFTER = 100;

    private final String name;
    private final ChangeJournal journal;
    private final Lock lock = new ReentrantLock();
    private KnownSubscription known;
    private @Nullable Compacted compacted;
    private long revision = ChangeJournal.NONE;

    /** The number of changes since the last compacted state. */
    private int changes;

    private int failedAt;

    private boolean wasRead;

    /** The number of times that all journals were to be read from their beginning, when this one was used last. */
    private long readings;

    SubscriptionJournal(String name, ChangeJournal journal) {
        this.name = name;
        this.journal = journal;
        this.known = new KnownSubscription(name);
    }

    /** A compacted state of which some entries were read. */
    private static final class Compacted {
        private final KnownSubscription state;
        private int missing;

        Compacted(String name, int parts) {
            state = new KnownSubscription(name);
            missing = parts;
        }
    }

    /**
     * @param wanted how many times all journals were to be read from their beginning
     */
    <T> T locked(long wanted, Function<SubscriptionJournal, T> work) {
        lock.lock();
        try {
            if (readings < wanted) {
                forget();
                readings = wanted;
            }
            return work.apply(this);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads new entries, and returns the current state. To be called within {@link #locked}, like all methods below.
     */
    KnownSubscription current() {
        wasRead = true;
        Changes read = journal.after(name, revision);
        if (read.first() != revision + 1) {
            forget();
            wasRead = true;
            revision = read.first() - 1;
        }
        read.changes().forEach(this::apply);
        return known;
    }

    /**
     * Returns the state as it was last read, or the current one if it was not read before. A change that is decided on
     * it can be appended only if it is still current.
     */
    KnownSubscription lastRead() {
        return wasRead ? known : current();
    }

    /** Discards everything that was read. */
    private void forget() {
        wasRead = false;
        known = new KnownSubscription(name);
        compacted = null;
        changes = 0;
        failedAt = 0;
        revision = ChangeJournal.NONE;
    }

    private void apply(byte[] entry) {
        switch (entry[0]) {
            case SubscriptionChange.FORMAT -> apply(SubscriptionChange.decoded(entry));
            case COMPACTED ->
                compacted = new Compacted(
                        name, ByteBuffer.wrap(entry, 1, Integer.BYTES).getInt() - 1);
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
        compacted = null;
        known.apply(change);
        changes++;
    }

    private void applyPart(byte[] entry) {
        if (compacted == null) {
            return;
        }
        compacted.state.apply(SubscriptionChange.decoded(Arrays.copyOfRange(entry, 1, entry.length)));
        compacted.missing--;
        if (compacted.missing == 0) {
            known = compacted.state;
            compacted = null;
            changes = 0;
            failedAt = 0;
        }
    }

    /**
     * Appends a change that was decided on the {@link #current} state. Returns false if the journal has changed since.
     */
    boolean append(SubscriptionChange change) {
        byte[] entry = change.encoded();
        boolean appended = journal.append(name, revision, List.of(entry));
        if (appended) {
            apply(entry);
        }
        return appended;
    }

    /** Compacts the journal if it has at least this number of changes. */
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
                .put(COMPACTED)
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
