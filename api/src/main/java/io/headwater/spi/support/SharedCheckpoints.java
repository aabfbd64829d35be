package io.headwater.spi.support;

import io.headwater.EventStoreException;
import io.headwater.spi.Backend;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints, leases and records for storage that several processes share, and that can append to a {@link ChangeJournal} at
 * an exact revision. What is in the journals is kept in memory, and read on before each call. A change is one append at the
 * revision last seen: a process that missed a change is refused, reads it and decides again, so the revision fences former
 * holders of a lease, and no clock is involved. Clocks only decide when a lease can be taken over.
 *
 * <p>A journal is compacted after 1,000 changes. Where that fails, the change before it counts all the same, and a later one
 * tries again.
 *
 * <p>Each process, and each store of a process, has an instance of its own. Thread-safe; calls for the same subscription are
 * made one after the other.
 */
public final class SharedCheckpoints extends JournaledCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(SharedCheckpoints.class);

    /** Changes after which a journal is compacted. */
    private static final int COMPACTED_AFTER = 1000;

    private final ChangeJournal journal;
    private final Map<String, SubscriptionJournal> subscriptions = new ConcurrentHashMap<>();

    /**
     * What these journals hold.
     *
     * @param storeId of the storage, see {@link Backend#storeId()}
     * @param clock of the leases
     */
    public SharedCheckpoints(String storeId, Clock clock, ChangeJournal journal) {
        super(storeId, clock);
        this.journal = journal;
    }

    /**
     * Forgets what was read. To be called when the storage was put back to an earlier state, as revisions are given again then:
     * journals are read from their beginning at the next call.
     */
    public void readAgain() {
        subscriptions.values().forEach(subscription -> subscription.locked(SubscriptionJournal::forget));
    }

    private SubscriptionJournal of(String name) {
        return subscriptions.computeIfAbsent(name, absent -> new SubscriptionJournal(absent, journal));
    }

    @Override
    <T> T decide(String name, Function<KnownSubscription, Decided<T>> decision) {
        return of(name).locked(subscription -> {
            Decided<T> decided = decision.apply(subscription.current());
            while (decided.change().isPresent()
                    && !subscription.append(decided.change().get())) {
                decided = decision.apply(subscription.current());
            }
            compactIfDue(subscription);
            return decided.result();
        });
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
        return of(name).locked(subscription -> work.apply(subscription.current()));
    }

    @Override
    <T> List<T> readAll(Function<KnownSubscription, Stream<T>> work) {
        return journal.names().stream().flatMap(name -> read(name, work)).toList();
    }
}
