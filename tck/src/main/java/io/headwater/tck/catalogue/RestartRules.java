package io.headwater.tck.catalogue;

import static io.headwater.tck.rule.Rule.fault;

import io.headwater.tck.catalogue.support.RecordedAnswers;
import io.headwater.tck.catalogue.support.StoreStep;
import io.headwater.tck.catalogue.support.WholeStore;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleGroup;

/** What a store answers, and how it goes on, after all stores were closed and the storage was opened again (L6). */
final class RestartRules {
    static final RuleGroup GROUP = RuleGroup.of(
                    "restarts",
                    fault(
                            "L6.1",
                            "after a restart, a store that uses every feature gives the same answers as before",
                            rule -> {
                                WholeStore whole = WholeStore.of(rule);
                                RecordedAnswers before = whole.answers(rule.store());
                                whole.answers(rule.restarted()).areSameAs(before, "after a restart");
                            }),
                    fault(
                            "L6.2",
                            "storage that is opened again between any two steps gives the same answers as if it had stayed open",
                            rule -> StoreStep.inRounds(StoreStep.ofAll(rule), rule::restarted)))
            .needs(Need.RESTART);

    private RestartRules() {}
}
