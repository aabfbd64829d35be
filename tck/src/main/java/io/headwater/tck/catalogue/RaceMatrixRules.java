package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.tck.fuzz.Race;
import io.headwater.tck.fuzz.RaceOperation;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every call that writes, at the same time as every call that writes or reads (T5). There is a rule for each that writes; a
 * pair belongs to the rule of the first of its two.
 */
final class RaceMatrixRules {
    private static final int ROUNDS = 10;
    private static final int ROUNDS_BETWEEN_INSTANCES = 5;
    private static final int FIRST = 4;

    /**
     * What a rule is about.
     *
     * @param quickRounds how often each pair is raced in profile quick: the more operations, the fewer
     */
    private record Subject(String title, int quickRounds, Set<RaceOperation> operations) {
        static Subject of(RaceOperation operation) {
            return new Subject(operation.title(), 4, EnumSet.of(operation));
        }

        static Subject ofMany(String title, Set<RaceOperation> operations) {
            return new Subject(title, 2, operations);
        }
    }

    private static final List<Subject> SUBJECTS = List.of(
            Subject.of(RaceOperation.APPEND),
            Subject.of(RaceOperation.APPEND_TO_SEVERAL),
            Subject.of(RaceOperation.IMPORT),
            Subject.of(RaceOperation.DELETE),
            Subject.of(RaceOperation.TOMBSTONE),
            Subject.of(RaceOperation.TRUNCATE),
            Subject.of(RaceOperation.SCAVENGE),
            Subject.ofMany(
                    "save or delete a snapshot",
                    EnumSet.of(RaceOperation.SAVE_SNAPSHOT, RaceOperation.DELETE_SNAPSHOT)),
            Subject.ofMany("change a lease", EnumSet.range(RaceOperation.ACQUIRE, RaceOperation.RELEASE)),
            Subject.ofMany(
                    "save checkpoints or change records",
                    EnumSet.range(RaceOperation.SAVE_CHECKPOINT, RaceOperation.CHANGE_BY_TOOL)),
            Subject.ofMany(RaceOperation.RESET.title(), EnumSet.of(RaceOperation.RESET)),
            Subject.ofMany(RaceOperation.FORGET.title(), EnumSet.of(RaceOperation.FORGET)));

    static final RuleGroup GROUP = RuleGroup.of("races", rules());

    private RaceMatrixRules() {}

    private static Rule[] rules() {
        List<Rule> rules = new ArrayList<>();
        for (Subject subject : SUBJECTS) {
            rules.add(rule("T5." + (FIRST + rules.size()), subject));
        }
        rules.add(repeated(
                        "T5." + (FIRST + rules.size()),
                        "concurrent calls of two instances take effect one after the other",
                        RaceMatrixRules::betweenInstances)
                .needs(Need.SECOND_INSTANCE));
        return rules.toArray(Rule[]::new);
    }

    private static Rule rule(String id, Subject subject) {
        String sentence =
                "a call to %s and any concurrent call take effect one after the other".formatted(subject.title());
        Rule rule = repeated(id, sentence, context -> {
            try (Race race = Race.between(context.store(), context.store())) {
                for (RaceOperation operation : subject.operations()) {
                    run(context, race, operation, context.size(subject.quickRounds(), ROUNDS));
                }
            }
        });
        return rule.requires(subject.operations().stream()
                .flatMap(operation -> operation.needed().stream())
                .distinct()
                .toArray(Capability[]::new));
    }

    private static void betweenInstances(RuleContext rule) throws Exception {
        EventStore other = rule.another();
        Capabilities capabilities = rule.store().capabilities();
        List<RaceOperation> writing = Arrays.stream(RaceOperation.values())
                .filter(RaceOperation::writes)
                .filter(operation -> operation.needed().stream().allMatch(capabilities::supports))
                .toList();
        try (Race race = Race.between(rule.store(), other)) {
            for (RaceOperation operation : writing) {
                run(rule, race, operation, rule.size(1, ROUNDS_BETWEEN_INSTANCES));
            }
        }
    }

    private static void run(RuleContext rule, Race race, RaceOperation operation, int rounds) throws Exception {
        for (RaceOperation other : operation.partners(rule.store().capabilities())) {
            Optional<String> complaint = race.run(
                    operation,
                    other,
                    count(rule, operation, other, rounds),
                    rule.random().nextInt(Integer.MAX_VALUE));
            Expect.that(
                    complaint.isEmpty(),
                    "the outcomes of concurrent calls to %s and to %s agree with no order of the two:%n%s"
                            .formatted(operation.title(), other.title(), complaint.orElse("")));
        }
    }

    /**
     * Two calls of one kind can do most harm to each other, and a read the least. Those that have nothing to do with each
     * other a store may still mix up, which takes one round to see, where there is time.
     */
    private static int count(RuleContext rule, RaceOperation operation, RaceOperation other, int rounds) {
        if (operation == other) {
            return 2 * rounds;
        }
        if (!Race.isClose(operation, other)) {
            return rule.size(0, 1);
        }
        return other.writes() ? rounds : rounds / 2;
    }
}
