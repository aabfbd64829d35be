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
import java.util.List;
import java.util.Optional;

/**
 * Every call that writes, at the same time as every call that writes or reads (T5). There is a rule for each that writes; a
 * pair belongs to the rule of the first of its two.
 */
final class RaceMatrixRules {
    private static final int ROUNDS = 10;
    private static final int QUICK_ROUNDS = 4;
    private static final int ROUNDS_BETWEEN_INSTANCES = 5;
    private static final int FIRST = 4;

    static final RuleGroup GROUP = RuleGroup.of("races", rules());

    private RaceMatrixRules() {}

    private static Rule[] rules() {
        List<Rule> rules = new ArrayList<>();
        for (RaceOperation operation : RaceOperation.values()) {
            if (operation.writes()) {
                rules.add(rule("T5." + (FIRST + rules.size()), operation));
            }
        }
        rules.add(repeated(
                        "T5." + (FIRST + rules.size()),
                        "concurrent calls of two instances take effect one after the other",
                        RaceMatrixRules::betweenInstances)
                .needs(Need.SECOND_INSTANCE));
        return rules.toArray(Rule[]::new);
    }

    private static Rule rule(String id, RaceOperation operation) {
        String sentence =
                "a call to %s and any concurrent call take effect one after the other".formatted(operation.title());
        Rule rule = repeated(id, sentence, context -> {
            try (Race race = Race.between(context.store(), context.store())) {
                run(context, race, operation, context.size(QUICK_ROUNDS, ROUNDS));
            }
        });
        return rule.requires(operation.needed().stream().toArray(Capability[]::new));
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
     * Two calls of one kind can do most harm to each other. Those that have nothing to do with each other a store may still mix
     * up, which takes one round to see, where there is time.
     */
    private static int count(RuleContext rule, RaceOperation operation, RaceOperation other, int rounds) {
        if (operation == other) {
            return 2 * rounds;
        }
        return Race.isClose(operation, other) ? rounds : rule.size(0, 1);
    }
}
