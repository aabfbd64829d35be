package io.headwater.tck.catalogue.support;

import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.note;

import io.headwater.EventStore;
import io.headwater.Metadata;
import io.headwater.spi.RecordChange;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A subscription from its first lease to the day it is forgotten, and again under the same name: with checkpoints of several
 * partitions, records, and one holder after the other. Every answer about it is compared after every step (K2, K3).
 */
public final class SubscriptionLife {
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Duration LONGER = Duration.ofDays(40);

    /** Enough for a batch that a store may make of them to have an end. */
    private static final int MANY_RECORDS = 45;

    private static final int LARGE = 5000;

    /** Partitions of which others begin with the same digit, and that take more than a byte. */
    private static final int[] PARTITIONS = {12, 300};

    private final TrackedSubscription known;

    public SubscriptionLife(RuleContext rule, String name) {
        this.known = new TrackedSubscription(rule, name);
        RuleLeases.at(rule, 1);
    }

    /** All steps of this many lives. */
    public List<StoreStep> steps(int lives) {
        List<StoreStep> steps = new ArrayList<>();
        for (int life = 0; life < lives; life++) {
            steps.addAll(rise());
            steps.addAll(handOver());
            steps.addAll(end());
        }
        return steps;
    }

    /** Fails unless the store answers every question as known. */
    public void isKnown(EventStore store) {
        known.isKnown(store);
    }

    private static RecordChange gone(String key) {
        return RecordChange.remove(NOTE, key);
    }

    private static RecordChange[] many(int count) {
        return IntStream.range(0, count).mapToObj(i -> note("many" + i, "" + i)).toArray(RecordChange[]::new);
    }

    private static RecordChange large() {
        return RecordChange.put(WholeSubscriptions.MARK, "large", Metadata.of(Map.of("text", "x".repeat(LARGE))));
    }

    private List<StoreStep> rise() {
        return List.of(
                store -> known.acquires(store, "one", RuleLeases.LONG),
                store -> known.saves(store, 0, 3, note("a", "1"), note("b", "1"), large()),
                store -> known.saves(store, PARTITIONS[0], 5, many(MANY_RECORDS)),
                store -> known.savesPartitions(store, 20, 31, 4),
                store -> known.saves(store, PARTITIONS[1], 2, gone("b")),
                store -> known.saves(store, PARTITIONS[1], 2, note("b", "2")),
                store -> known.isBehind(store, PARTITIONS[0], 4),
                store -> known.changes(store, note("c", "1"), gone("a")),
                this::changesMany);
    }

    private void changesMany(EventStore store) {
        known.changesAsTool(store, note("d", "1"), gone("many3"), gone("never"));
        known.changes(store, many(MANY_RECORDS));
        known.changesAsTool(store, many(MANY_RECORDS - 1));
    }

    private List<StoreStep> handOver() {
        return List.of(
                store -> known.renews(store, LONGER),
                store -> known.renewsAll(store, HOURS),
                store -> known.savesAll(store, 0, 4, note("a", "3"), gone("d")),
                store -> known.isNotGiven(store, "another"),
                store -> known.acquires(store, "one", HOURS),
                store -> known.takesOver(store, "two", LONGER),
                store -> known.saves(store, 0, 6, note("a", "4")),
                known::releases,
                store -> known.acquires(store, "three", LONGER),
                store -> known.renewsAll(store, RuleLeases.LONG),
                store -> known.isBehind(store, 0, 5),
                store -> known.savesAll(store, 1, 1));
    }

    private List<StoreStep> end() {
        return List.of(
                store -> known.resets(store, 2),
                store -> known.acquires(store, "four", HOURS),
                store -> known.saves(store, 1, 7, note("a", "5")),
                store -> known.resets(store, 8),
                store -> known.resets(store, 1),
                known::forgets,
                known::forgets,
                store -> known.changesAsTool(store, note("e", "1")),
                known::forgets,
                store -> known.acquires(store, "five", HOURS),
                known::areFenced,
                known::forgets);
    }
}
