package io.headwater.tck.fuzz;

import io.headwater.spi.RecordChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Calls about two subscriptions and two owners who want them. */
final class SubscriptionStepGenerator {
    private static final List<String> NAMES = List.of("@sub", "@Sub%");
    private static final List<String> OWNERS = List.of("ann", "bob");
    private static final List<String> KINDS = List.of("parked", "note");
    private static final List<String> KEYS = List.of("a", "A", "a ", "a%", "\uFF5E", "\uD83D\uDE00");
    private static final int LEASES = 4;
    private static final int PARTITIONS = 2;

    private final Chance chance;
    private final EventGenerator events;
    private final int marks;

    SubscriptionStepGenerator(Chance chance, EventGenerator events, int marks) {
        this.chance = chance;
        this.events = events;
        this.marks = marks;
    }

    Step step() {
        int lease = chance.in100(70) ? LEASES : chance.below(LEASES);
        return switch (chance.below(16)) {
            case 0, 1, 2 -> acquire(chance.of(OWNERS));
            case 3 -> step("renew", "lease " + lease, (store, name) -> store.renew(name, lease));
            case 4 -> step("release", "lease " + lease, (store, name) -> store.release(name, lease));
            case 5, 6, 7 -> save(lease);
            case 8 -> change(lease, changes());
            case 9 -> changeWithoutLease(changes());
            case 10, 11 -> records();
            case 12 -> step("checkpoints", "", SubscriptionSubject::checkpoints);
            case 13 -> holders();
            case 14 -> reset(chance.below(marks));
            default -> step("forget", "", SubscriptionSubject::forget);
        };
    }

    private Step step(String operation, String arguments, BiFunction<SubscriptionSubject, String, Answer> call) {
        return new SubscriptionStep(operation, chance.of(NAMES), arguments, call);
    }

    private Step acquire(String owner) {
        return step("acquire", owner, (store, name) -> store.acquire(name, owner));
    }

    private Step save(int lease) {
        int partition = chance.below(PARTITIONS);
        int mark = chance.below(marks);
        List<RecordChange> changes = chance.in100(40) ? changes() : List.of();
        return step(
                "saveCheckpoint",
                "lease %d, partition %d, mark %d%s".formatted(lease, partition, mark, code(changes)),
                (store, name) -> store.save(name, lease, partition, mark, changes));
    }

    private Step change(int lease, List<RecordChange> changes) {
        return step(
                "changeRecords", "lease " + lease + code(changes), (store, name) -> store.change(name, lease, changes));
    }

    private Step changeWithoutLease(List<RecordChange> changes) {
        return step("changeRecords, no lease", code(changes), (store, name) -> store.change(name, changes));
    }

    private Step reset(int mark) {
        return step("reset", "mark " + mark, (store, name) -> store.reset(name, mark));
    }

    private Step records() {
        String kind = chance.of(KINDS);
        String after = chance.in100(40) ? chance.of(KEYS) : "";
        int limit = 1 + chance.below(4);
        return step(
                "records",
                "%s, after %s, limit %d".formatted(kind, Code.quoted(after), limit),
                (store, name) -> store.records(name, kind, after, limit));
    }

    private static Step holders() {
        return new PlainStep("holders", subject -> subject.subscriptions().holders());
    }

    /** Each of another record. */
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
