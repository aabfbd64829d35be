package io.headwater.tck.catalogue.support;

import io.headwater.EventStore;
import io.headwater.tck.rule.RuleContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * One of several steps, each of which finds what those before it left, and may be made by another store over the same storage: by
 * another instance, by another process, or by one that was opened after a restart.
 */
@FunctionalInterface
public interface StoreStep {

    /** Makes the step. */
    void by(EventStore store) throws Exception;

    /** Each store makes a step in its turn, the first one first. */
    static void inTurns(List<StoreStep> steps, EventStore... stores) throws Exception {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).by(stores[i % stores.length]);
        }
    }

    /** As {@link #inTurns}, and after each step every other store looks at what was done. */
    static void watched(List<StoreStep> steps, StoreStep look, EventStore... stores) throws Exception {
        for (int i = 0; i < steps.size(); i++) {
            int maker = i % stores.length;
            steps.get(i).by(stores[maker]);
            for (int other = 0; other < stores.length; other++) {
                if (other != maker) {
                    look.by(stores[other]);
                }
            }
        }
    }

    /** Makes this number of steps, and the next ones by a store that is got anew. */
    static void inSections(List<StoreStep> steps, int length, Supplier<EventStore> stores) throws Exception {
        for (int from = 0; from < steps.size(); from += length) {
            inTurns(steps.subList(from, Math.min(steps.size(), from + length)), stores.get());
        }
    }

    /** Makes the first step of all, then the second of all, and so on; each time by a store that is got anew. */
    static void inRounds(List<List<StoreStep>> all, Supplier<EventStore> stores) throws Exception {
        int rounds = all.stream().mapToInt(List::size).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            EventStore store = stores.get();
            for (List<StoreStep> steps : all) {
                if (round < steps.size()) {
                    steps.get(round).by(store);
                }
            }
        }
    }

    /** All steps that a store is capable of. */
    static List<List<StoreStep>> ofAll(RuleContext rule) {
        return StepsOfCapabilities.of(rule);
    }
}
