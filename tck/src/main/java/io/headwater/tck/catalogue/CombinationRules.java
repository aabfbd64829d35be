package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.EventStore;
import io.headwater.tck.catalogue.support.Scripts;
import io.headwater.tck.fuzz.Part;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Random scripts in which any two parts of a store meet, and all of them (T5). */
final class CombinationRules {
    private static final int PAIR_LENGTH = 20;
    private static final int QUICK_PAIR_LENGTH = 10;
    private static final int LONG_SCRIPTS = 4;
    private static final int LONG_SCRIPTS_OF_TWO = 10;
    private static final int LONG = 150;

    static final RuleGroup GROUP = RuleGroup.of(
            "scripts: combinations",
            repeated(
                    "T5.1",
                    "calls of any two kinds, in random order, have the outcomes of the contract",
                    CombinationRules::pairs),
            repeated(
                    "T5.2",
                    "calls of all kinds, in random order, have the outcomes of the contract",
                    rule -> all(rule, LONG_SCRIPTS, rule.store())),
            repeated("T5.3", "calls of all kinds through two instances have the outcomes of the contract", rule -> {
                        EventStore other = rule.another();
                        all(rule, LONG_SCRIPTS_OF_TWO, rule.store(), other);
                    })
                    .needs(Need.SECOND_INSTANCE));

    private CombinationRules() {}

    /** Appends are in each, as most parts are about what was appended. */
    private static void pairs(RuleContext rule) {
        int length = rule.size(QUICK_PAIR_LENGTH, PAIR_LENGTH);
        List<Part> parts = new ArrayList<>(Scripts.parts(rule.store()));
        for (int i = 0; i < parts.size(); i++) {
            for (Part other : parts.subList(i + 1, parts.size())) {
                Scripts.check(rule, EnumSet.of(Part.APPENDS, parts.get(i), other), 1, length, rule.store());
            }
        }
    }

    private static void all(RuleContext rule, int scripts, EventStore... instances) {
        Set<Part> parts = Scripts.parts(rule.store());
        Scripts.check(rule, parts, rule.size(1, scripts), LONG, instances);
    }
}
