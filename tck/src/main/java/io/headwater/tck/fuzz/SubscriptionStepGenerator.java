package io.headwater.tck.fuzz;

import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Generates calls about two subscriptions, whose leases two owners acquire. */
final class SubscriptionStepGenerator {
    private static final List<String> NAMES = List.of("@sub", "@Sub%");
    private static final List<String> OWNERS = List.of("ann", "bob");
    private static final List<String> KINDS = List.of("parked", "note");
    private static final List<String> KEYS = List.of("a", "A", "\uFF5E", "\uD83D\uDE00");
    private static final int LEASES = 4;
    private static final int LAST = 99;
    private static final int PARTITIONS = 2;

    private final Chance chance;
    private final EventGenerator events;
    private final int marks;
    private final Set<String> acquired = new HashSet<>();

    SubscriptionStepGenerator(Chance chance, EventGenerator events, int marks) {
        this.chance = chance;
        this.events = events;
        this.marks = marks;
    }

    /** A call that needs a lease comes after a call that acquires one. */
    Step step() {
        String name = chance.of(NAMES);
        return acquired.add(name) && chance.in100(80) ? acquire(name, chance.of(OWNERS)) : step(name);
    }

    private Step step(String name) {
        int lease = chance.in100(70) ? LAST : chance.below(LEASES);
        return switch (chance.below(22)) {
            case 0, 1, 2 -> acquire(name, chance.of(OWNERS));
            case 3 -> new SubscriptionStep("renew", name, code(lease), (store, of) -> store.renew(of, lease));
            case 4 -> new SubscriptionStep("release", name, code(lease), (store, of) -> store.release(of, lease));
            case 5, 6, 7 -> save(name, lease);
            case 8, 15 -> change(name, lease, changes());
            case 9, 16 -> changeWithoutLease(name, changes());
            case 10, 11 -> records(name);
            case 12 -> new SubscriptionStep("checkpoints", name, "", SubscriptionSubject::checkpoints);
            case 13 -> holders();
            case 14 -> reset(name, chance.below(marks));
            case 18 -> new SubscriptionStep("holder", name, "", SubscriptionSubject::observe);
            case 19 -> takeOver(name, chance.of(OWNERS));
            case 20 -> new SubscriptionsStep("renewAll", NAMES, code(lease), (store, of) -> store.renewAll(of, lease));
            case 21 -> saveAll(lease);
            default -> new SubscriptionStep("forget", name, "", SubscriptionSubject::forget);
        };
    }

    private Step acquire(String name, String owner) {
        return new SubscriptionStep("acquire", name, owner, (store, of) -> store.acquire(of, owner));
    }

    private static Step takeOver(String name, String owner) {
        return new SubscriptionStep(
                "takeOver", name, owner + ", the holder before", (store, of) -> store.takeOver(of, owner));
    }

    private Step saveAll(int lease) {
        int partition = chance.below(PARTITIONS);
        int mark = chance.below(marks);
        List<RecordChange> changes = changes();
        return new SubscriptionsStep(
                "saveAll",
                NAMES,
                "%s, partition %s, mark %s%s".formatted(code(lease), partition, mark, code(changes)),
                (store, of) -> store.saveAll(of, lease, partition, mark, changes));
    }

    private Step save(String name, int lease) {
        int partition = chance.below(PARTITIONS);
        int mark = chance.in100(60) ? chance.below(3) : chance.below(marks);
        List<RecordChange> changes = chance.in100(40) ? changes() : List.of();
        return new SubscriptionStep(
                "saveCheckpoint",
                name,
                "%s, partition %s, mark %s%s".formatted(code(lease), partition, mark, code(changes)),
                (store, of) -> store.save(of, lease, partition, mark, changes));
    }

    private Step change(String name, int lease, List<RecordChange> changes) {
        return new SubscriptionStep(
                "changeRecords", name, code(lease) + code(changes), (store, of) -> store.change(of, lease, changes));
    }

    private Step changeWithoutLease(String name, List<RecordChange> changes) {
        return new SubscriptionStep(
                "changeRecords, no lease", name, code(changes), (store, of) -> store.change(of, changes));
    }

    private Step reset(String name, int mark) {
        return new SubscriptionStep("reset", name, "mark " + mark, (store, of) -> store.reset(of, mark));
    }

    private Step records(String name) {
        String kind = chance.of(KINDS);
        String after = chance.in100(40) ? chance.of(KEYS) : "";
        int limit = 1 + chance.below(4);
        return new SubscriptionStep(
                "records",
                name,
                "%s, after %s, limit %s".formatted(kind, Code.quoted(after), limit),
                (store, of) -> store.records(of, kind, after, limit));
    }

    private static Step holders() {
        return new PlainStep("holders", subject -> subject.subscriptions().holders());
    }

    /** Returns changes, each of a different record. */
    private List<RecordChange> changes() {
        List<RecordChange> changes = new ArrayList<>();
        int count = 1 + chance.below(3);
        for (int i = 0; i < count; i++) {
            String kind = chance.of(KINDS);
            String key = chance.of(KEYS);
            if (changes.stream()
                    .noneMatch(other -> other.kind().equals(kind) && other.key().equals(key))) {
                changes.add(
                        chance.in100(70)
                                ? RecordChange.put(kind, key, events.metadata())
                                : RecordChange.remove(kind, key));
            }
        }
        return changes;
    }

    private static String code(List<RecordChange> changes) {
        return changes.stream()
                .map(change -> ", %s %s %s"
                        .formatted(
                                change.fields().isPresent() ? "put" : "remove",
                                change.kind(),
                                Code.quoted(change.key())))
                .collect(Collectors.joining());
    }

    private static String code(int lease) {
        return lease == LAST ? "last lease" : "lease " + lease;
    }

    List<Step> closing() {
        List<Step> reads = new ArrayList<>();
        for (String name : NAMES) {
            reads.add(new SubscriptionStep("checkpoints", name, "", SubscriptionSubject::checkpoints));
            for (String kind : KINDS) {
                reads.add(new SubscriptionStep(
                        "records", name, kind, (store, of) -> store.records(of, kind, "", Integer.MAX_VALUE)));
            }
        }
        reads.add(holders());
        return reads;
    }
}
