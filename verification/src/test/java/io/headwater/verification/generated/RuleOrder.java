package io.headwater.verification.generated;

import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rules in the order in which they probably kill: those first that killed most, where the same operation was wrong above all. */
final class RuleOrder {
    /** Look at the threads of the whole process, in which several mutants live. */
    private static final Set<String> OF_THE_PROCESS = Set.of("L2.4", "S7.4", "S8.1");

    private static final int SAME_OPERATION = 20;

    private final Usage usage;
    private final Map<String, Integer> kills = new ConcurrentHashMap<>();
    private final Map<String, Integer> killsOf = new ConcurrentHashMap<>();
    private final Map<String, Long> costs = new ConcurrentHashMap<>();

    RuleOrder(Usage usage) {
        this.usage = usage;
    }

    void killed(Generated mutant, Rule rule) {
        kills.merge(rule.id(), 1, Integer::sum);
        killsOf.merge(mutant.about() + rule.id(), 1, Integer::sum);
    }

    /** How long a rule took to pass. */
    void took(Rule rule, long nanos) {
        costs.merge(rule.id(), nanos, Math::max);
    }

    /** A rule failed, and did not when it had all the time that it needs: it comes last. */
    void failedByChance(Rule rule) {
        costs.put(rule.id(), Long.MAX_VALUE);
    }

    /** In the order of the catalogue. */
    List<Rule> ofCatalogue(Generated mutant) {
        return Catalogue.rules().stream()
                .filter(rule -> !OF_THE_PROCESS.contains(rule.id()) && usage.calls(rule, mutant.about()))
                .toList();
    }

    List<Rule> of(Generated mutant) {
        return ofCatalogue(mutant).stream()
                .sorted(Comparator.<Rule>comparingInt(rule -> -score(mutant, rule))
                        .thenComparing(rule -> costs.getOrDefault(rule.id(), 0L)))
                .toList();
    }

    private int score(Generated mutant, Rule rule) {
        return SAME_OPERATION * killsOf.getOrDefault(mutant.about() + rule.id(), 0) + kills.getOrDefault(rule.id(), 0);
    }
}
