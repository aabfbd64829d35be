package io.headwater.tck.fuzz;

import io.headwater.Metadata;
import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generates calls about one subscription, whose first lease is acquired before the race. */
final class RaceSubscriptionSteps {
    private static final String NAME = "@sub";
    private static final String OWNER = "ann";
    private static final String STAND_BY = "bob";
    private static final String KIND = "note";
    private static final int FIRST = 0;
    private static final int LAST = 99;

    private final Chance chance;

    RaceSubscriptionSteps(Chance chance) {
        this.chance = chance;
    }

    /** Sometimes releases the lease, so that a lease that is acquired in the race is free. */
    List<Step> setup(boolean leaseIsRaced) {
        List<Step> steps = new ArrayList<>(List.of(acquire(OWNER)));
        if (chance.in100(60)) {
            steps.add(save(1));
        }
        if (leaseIsRaced && chance.in100(60)) {
            steps.add(release());
        }
        return steps;
    }

    private Step acquire(String owner) {
        return new SubscriptionStep("acquire", NAME, owner, (store, of) -> store.acquire(of, owner));
    }

    private Step release() {
        return new SubscriptionStep("release", NAME, "lease 0", (store, of) -> store.release(of, FIRST));
    }

    Step changeLease() {
        if (chance.in100(75)) {
            return acquire(chance.in100(50) ? OWNER : STAND_BY);
        }
        return chance.in100(50)
                ? release()
                : new SubscriptionStep("renew", NAME, "lease 0", (store, of) -> store.renew(of, FIRST));
    }

    Step save() {
        return chance.in100(70) ? save(1 + chance.below(2)) : change();
    }

    private Step save(int mark) {
        List<RecordChange> changes = chance.in100(40) ? changes() : List.of();
        return new SubscriptionStep(
                "saveCheckpoint",
                NAME,
                "lease 0, partition 0, mark %s, %s changes".formatted(mark, changes.size()),
                (store, of) -> store.save(of, FIRST, 0, mark, changes));
    }

    private Step change() {
        List<RecordChange> changes = changes();
        return chance.in100(50)
                ? new SubscriptionStep(
                        "changeRecords", NAME, "lease 0", (store, of) -> store.change(of, FIRST, changes))
                : new SubscriptionStep("changeRecords", NAME, "no lease", (store, of) -> store.change(of, changes));
    }

    /** Returns two changes, which must be made atomically. */
    private List<RecordChange> changes() {
        Metadata fields = Metadata.of(Map.of("n", "" + chance.below(1000)));
        return List.of(RecordChange.put(KIND, "a", fields), RecordChange.put(KIND, "b", fields));
    }

    Step reset() {
        int mark = chance.below(3);
        return new SubscriptionStep("reset", NAME, "mark " + mark, (store, of) -> store.reset(of, mark));
    }

    Step forget() {
        return new SubscriptionStep("forget", NAME, "", SubscriptionSubject::forget);
    }

    Step load() {
        return chance.in100(60) ? checkpoints() : records();
    }

    private static Step checkpoints() {
        return new SubscriptionStep("checkpoints", NAME, "", SubscriptionSubject::checkpoints);
    }

    private static Step records() {
        return new SubscriptionStep("records", NAME, KIND, (store, of) -> store.records(of, KIND, "", LAST));
    }

    /** Returns the closing reads. The last one shows whether the lease that was acquired last can still be used. */
    List<Step> closing() {
        return List.of(
                checkpoints(),
                records(),
                new PlainStep("holders", subject -> subject.subscriptions().holders()),
                new SubscriptionStep("renew", NAME, "last lease", (store, of) -> store.renew(of, LAST)));
    }
}
