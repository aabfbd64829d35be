package io.headwater.verification.mutants;

import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.report.Markdown;
import io.headwater.tck.rule.Kind;
import io.headwater.tck.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often the rules about what happens at the same time notice the mutants that they have to notice. Those are the repeated
 * rules, and whatever rules kill a mutant that races.
 */
final class DetectionRates {
    private final int runs;
    private final Map<Pair, Integer> noticed = new LinkedHashMap<>();

    /** A rule, and a mutant that names it. */
    record Pair(String rule, String mutant) {}

    private DetectionRates(int runs) {
        this.runs = runs;
    }

    /** What has to be measured. */
    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Rule rule : Catalogue.rules()) {
            MutantsAreKilledTest.mutants().stream()
                    .filter(mutant -> mutant.killers().contains(rule.id()))
                    .filter(mutant -> rule.kind() == Kind.REPEATED || RaceMutants.ALL.contains(mutant))
                    .forEach(mutant -> pairs.add(new Pair(rule.id(), mutant.name())));
        }
        return pairs;
    }

    /** Runs each rule this many times, in the profile {@code full}. */
    static DetectionRates measured(int runs) {
        DetectionRates rates = new DetectionRates(runs);
        List<Pair> pairs = pairs();
        MutantsAreKilledTest.mutants().forEach(mutant -> rates.measure(mutant, pairs::contains));
        RaceMutants.WITHOUT_PAUSE.forEach(mutant -> rates.measure(mutant, every -> true));
        RaceMatrixMutants.WITHOUT_PAUSE.forEach(mutant -> rates.measure(mutant, every -> true));
        return rates;
    }

    private void measure(Mutant mutant, Predicate<Pair> wanted) {
        List<String> rules = mutant.killers().stream()
                .filter(rule -> wanted.test(new Pair(rule, mutant.name())))
                .toList();
        // One storage for all runs: mutants remember positions, which would come again in another.
        MutantsAreKilledTest.keepingStorage(mutant, () -> {
            for (int run = 0; run < runs && !rules.isEmpty(); run++) {
                MutantsAreKilledTest.checked(mutant, rules).results().forEach(result -> add(result, mutant.name()));
            }
            return this;
        });
    }

    private void add(RuleResult result, String mutant) {
        noticed.merge(new Pair(result.rule().id(), mutant), result.status() == Status.FAIL ? 1 : 0, Integer::sum);
    }

    /** As Markdown; what {@link DetectionRatesTest} reads again. */
    String table() {
        Markdown.Table table = new Markdown.Table(List.of("rule", "mutant", "noticed", "without a pause"));
        for (Pair pair : pairs()) {
            Integer unpaused = noticed.get(new Pair(pair.rule(), pair.mutant() + RaceMutants.WITHOUT));
            table.row(List.of(
                    pair.rule(),
                    Markdown.text(pair.mutant()),
                    of(noticed.getOrDefault(pair, 0)),
                    unpaused == null ? "" : of(unpaused)));
        }
        return table.toString();
    }

    private String of(int times) {
        return times + " of " + runs;
    }
}
