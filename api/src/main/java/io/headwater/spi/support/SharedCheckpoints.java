package io.headwater.spi.support;

import io.headwater.EventStoreException;
import io.headwater.spi.Backend;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint store for storage that several processes share, and that can append to a {@link ChangeJournal} at an
 * expected revision. The contents of the journals are kept in memory, and brought up to date before each call that changes
 * nothing. A change is one append at the last revision that was read. If the process missed a change, the append is
 * refused, and the process reads the change and decides again. So the revision fences former holders of a lease, without a clock. Clocks
 * only decide when a lease can be taken over.
 *
 * <p>A journal is compacted after 1,000 changes. If a compaction fails, the change that caused it is still valid, and a
 * later change tries again.
 *
 * <p>Each store of each process has its own instance. Thread-safe. Calls block, and calls for the same subscription run
 * one after the other.
 */
public final class SharedCheckpoints extends JournaledCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(SharedCheckpoints.class);

    /** The number of changes after which a journal is compacted. */
    private static final int COMPACTED_AFTER = 1000;

    private final ChangeJournal journal;
    private final Map<String, SubscriptionJournal> subscriptions = new ConcurrentHashMap<>();
    private final AtomicReference<Mark> mark = new AtomicReference<>(new Mark(""));

    /** Journals that have not changed since it was returned were read since. Each is an object of its own, and compared as such. */
    private static final class Mark {
        private final String text;

        Mark(String text) {
            this.text = text;
        }
    }

    /** How many times all journals were to be read from their beginning. */
    private final AtomicLong readings = new AtomicLong();

    /**
     * Creates a checkpoint store over these journals.
     *
     * @param storeId the id of the storage, see {@link Backend#storeId()}
     * @param clock the clock that leases expire by
     * @param journal where the changes are stored
     */
    public SharedCheckpoints(String storeId, Clock clock, ChangeJournal journal) {
        super(storeId, clock);
        this.journal = journal;
    }

    /**
     * Discards the contents that are kept in memory, so that the next call reads the journals from their beginning.
     * Must be called when the storage was restored to an earlier state, because revisions are then assigned again. Does not wait for
     * calls in progress, so that a journal may call it while it is read.
     */
    public void readAgain() {
        readings.incrementAndGet();
        mark.set(new Mark(""));
    }

    private <T> T locked(String name, Function<SubscriptionJournal, T> work) {
        return subscriptions
                .computeIfAbsent(name, absent -> new SubscriptionJournal(absent, journal))
                .locked(readings.get(), work);
    }

    @Override
    <T> T decide(String name, Function<KnownSubscription, Decided<T>> decision) {
        return locked(name, subscription -> {
            Decided<T> decided = decision.apply(subscription.lastRead());
            boolean appended = isAppended(subscription, decided);
            while (!appended) {
                decided = decision.apply(subscription.current());
                appended = decided.change().isEmpty() || isAppended(subscription, decided);
            }
            compactIfDue(subscription);
            return decided.result();
        });
    }

    /** A decision that changes nothing does not show whether the state that it was made on is still current. */
    private static boolean isAppended(SubscriptionJournal subscription, Decided<?> decided) {
        return decided.change().isPresent()
                && subscription.append(decided.change().get());
    }

    private static void compactIfDue(SubscriptionJournal subscription) {
        try {
            subscription.compactAfter(COMPACTED_AFTER);
        } catch (EventStoreException e) {
            LOG.debug("a journal of checkpoints could not be compacted; a later change tries again", e);
        }
    }

    @Override
    <T> T read(String name, Function<KnownSubscription, T> work) {
        return locked(name, subscription -> work.apply(subscription.current()));
    }

    @Override
    <T> List<T> readAll(Function<KnownSubscription, Stream<T>> work) {
        Mark before = mark.get();
        ChangeJournal.Journals journals = journal.journals(before.text);
        List<T> all = journals.names().stream()
                .flatMap(name -> locked(
                        name,
                        subscription -> work.apply(
                                journals.changed().contains(name) ? subscription.current() : subscription.lastRead())))
                .toList();
        mark.compareAndSet(before, new Mark(journals.mark()));
        return all;
    }
}
