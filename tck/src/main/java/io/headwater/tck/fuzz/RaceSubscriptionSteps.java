package io.headwater.tck.fuzz;

import io.headwater.Metadata;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generates calls about one subscription, whose first lease is acquired before the race. Calls about several subscriptions
 * are about a second one, too.
 */
final class RaceSubscriptionSteps {
    private static final String NAME = "@sub";
    private static final List<String> BOTH = List.of(NAME, "@sub2");
    private static final String OWNER = "ann";
    private static final String STAND_BY = "bob";
    private static final String KIND = "note";
    private static final List<String> KEYS = List.of("a", "b", "c", "d");
    private static final int FIRST = 0;
    private static final int LAST = 99;
    private static final int PARTITIONS = 2;

    private static final Set<RaceOperation> OF_BOTH = Set.of(RaceOperation.RENEW_ALL, RaceOperation.SAVE_ALL);

    /** Operations for which it does not matter who holds the lease. */
    private static final Set<RaceOperation> NEED_NO_LEASE = Set.of(
            RaceOperation.ACQUIRE,
            RaceOperation.CHANGE_BY_TOOL,
            RaceOperation.RESET,
            RaceOperation.FORGET,
            RaceOperation.LOAD_CHECKPOINTS,
            RaceOperation.READ_RECORDS,
            RaceOperation.LOAD_AND_READ,
            RaceOperation.LIST_HOLDERS);

    private final Chance chance;

    RaceSubscriptionSteps(Chance chance) {
        this.chance = chance;
    }

    /**
     * Returns the steps before these operations race. Sometimes nothing is stored, so that it can be seen whether there
     * was something to forget, and sometimes the lease is free.
     */
    List<Step> setup(Set<RaceOperation> raced) {
        List<Step> steps = new ArrayList<>(List.of(acquire(NAME, OWNER)));
        if (!Collections.disjoint(raced, OF_BOTH)) {
            steps.add(acquire(BOTH.get(1), OWNER));
        }
        if (chance.in100(70)) {
            steps.add(save(0, 1, changes()));
            steps.add(save(1, 1, changes()));
        }
        if (raced.contains(RaceOperation.ACQUIRE) && NEED_NO_LEASE.containsAll(raced) && chance.in100(50)) {
            steps.add(release(FIRST));
        }
        if (raced.contains(RaceOperation.TAKE_OVER)) {
            steps.add(new SubscriptionStep("holder", NAME, "", SubscriptionSubject::observe));
        }
        return steps;
    }

    Step step(RaceOperation operation) {
        return switch (operation) {
            case ACQUIRE -> acquire(NAME, chance.in100(70) ? OWNER : STAND_BY);
            case TAKE_OVER -> takeOver(chance.in100(70) ? STAND_BY : OWNER);
            case RENEW -> renew(FIRST);
            case RENEW_ALL ->
                new SubscriptionsStep("renewAll", BOTH, "lease 0", (store, of) -> store.renewAll(of, FIRST));
            case RELEASE -> release(FIRST);
            case SAVE_CHECKPOINT ->
                save(chance.below(PARTITIONS), 1 + chance.below(2), chance.in100(50) ? changes() : List.of());
            case SAVE_ALL -> saveAll(chance.below(PARTITIONS), 1 + chance.below(2), changes());
            case CHANGE_RECORDS -> change(changes());
            case CHANGE_BY_TOOL -> changeByTool(changes());
            case RESET -> reset(chance.below(3));
            case FORGET -> forget(NAME);
            case LOAD_CHECKPOINTS -> checkpoints(NAME);
            case READ_RECORDS -> records(NAME);
            case LOAD_AND_READ -> loadAndRead();
            case LIST_HOLDERS -> holders();
            default -> throw new IllegalArgumentException("not about a subscription: " + operation);
        };
    }

    private static Step acquire(String name, String owner) {
        return new SubscriptionStep("acquire", name, owner, (store, of) -> store.acquire(of, owner));
    }

    private static Step takeOver(String owner) {
        return new SubscriptionStep(
                "takeOver", NAME, owner + ", the holder before", (store, of) -> store.takeOver(of, owner));
    }

    private static Step renew(int lease) {
        return new SubscriptionStep("renew", NAME, code(lease), (store, of) -> store.renew(of, lease));
    }

    private static Step release(int lease) {
        return new SubscriptionStep("release", NAME, code(lease), (store, of) -> store.release(of, lease));
    }

    private static String code(int lease) {
        return lease == LAST ? "last lease" : "lease " + lease;
    }

    private static Step save(int partition, int mark, List<RecordChange> changes) {
        return new SubscriptionStep(
                "saveCheckpoint",
                NAME,
                "lease 0, partition %s, mark %s, %s".formatted(partition, mark, code(changes)),
                (store, of) -> store.save(of, FIRST, partition, mark, changes));
    }

    private static Step saveAll(int partition, int mark, List<RecordChange> changes) {
        return new SubscriptionsStep(
                "saveAll",
                BOTH,
                "lease 0, partition %s, mark %s, %s".formatted(partition, mark, code(changes)),
                (store, of) -> store.saveAll(of, FIRST, partition, mark, changes));
    }

    private static Step change(List<RecordChange> changes) {
        return new SubscriptionStep(
                "changeRecords", NAME, "lease 0, " + code(changes), (store, of) -> store.change(of, FIRST, changes));
    }

    private static Step changeByTool(List<RecordChange> changes) {
        return new SubscriptionStep(
                "changeRecords", NAME, "no lease, " + code(changes), (store, of) -> store.change(of, changes));
    }

    private static String code(List<RecordChange> changes) {
        return "records " + changes.stream().map(RecordChange::key).toList();
    }

    /**
     * Returns two changes, which must be made atomically. Two such pairs often share one record, so that both leave
     * something behind in either order.
     */
    private List<RecordChange> changes() {
        Metadata fields = Metadata.of(Map.of("n", "" + chance.below(1000)));
        int first = chance.below(KEYS.size() - 1);
        return List.of(
                RecordChange.put(KIND, KEYS.get(first), fields), RecordChange.put(KIND, KEYS.get(first + 1), fields));
    }

    private static Step reset(int mark) {
        return new SubscriptionStep("reset", NAME, "mark " + mark, (store, of) -> store.reset(of, mark));
    }

    private static Step forget(String name) {
        return new SubscriptionStep("forget", name, "", SubscriptionSubject::forget);
    }

    private static Step checkpoints(String name) {
        return new SubscriptionStep("checkpoints", name, "", SubscriptionSubject::checkpoints);
    }

    private static Step records(String name) {
        return new SubscriptionStep("records", name, KIND, (store, of) -> store.records(of, KIND, "", LAST));
    }

    private Step loadAndRead() {
        Step load = checkpoints(NAME);
        Step read = records(NAME);
        return new StepsInTurn(chance.in100(50) ? List.of(load, read) : List.of(read, load));
    }

    private static Step holders() {
        return new PlainStep("holders", subject -> subject.subscriptions().holders());
    }

    /**
     * Returns the closing calls. The last ones show whether the lease that was acquired last can still be used, and
     * that the next lease has an epoch above those of all leases before, none of which is valid again. Nothing is left
     * behind.
     */
    List<Step> closing(Set<RaceOperation> raced) {
        List<Step> steps = new ArrayList<>(List.of(checkpoints(NAME), records(NAME), holders()));
        if (raced.contains(RaceOperation.SAVE_ALL)) {
            steps.addAll(List.of(checkpoints(BOTH.get(1)), records(BOTH.get(1))));
        }
        steps.addAll(List.of(renew(LAST), release(LAST), acquire(NAME, OWNER), renew(FIRST), forget(NAME)));
        if (!Collections.disjoint(raced, OF_BOTH)) {
            steps.add(forget(BOTH.get(1)));
        }
        return steps;
    }
}
