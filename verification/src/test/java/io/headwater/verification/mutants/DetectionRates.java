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
import java.util.stream.Stream;

/**
 * How often the rules about what happens at the same time notice the mutants that they have to notice. Those are the repeated
 * rules, and whatever rules kill a mutant that races.
 */
final class DetectionRates {
    private final int runs;
    private final Map<Pair, Integer> noticed = new LinkedHashMap<>();

    /** What was measured before, as rows of the table. */
    private final Map<Pair, List<String>> former;

    /** A rule, and a mutant that names it. */
    record Pair(String rule, String mutant) {}

    private DetectionRates(int runs, Map<Pair, List<String>> former) {
        this.runs = runs;
        this.former = former;
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

    /** A pair as the table shows it. */
    static Pair shown(Pair pair) {
        return new Pair(pair.rule(), Markdown.text(pair.mutant()));
    }

    /**
     * Runs each rule this many times, in the profile {@code full}.
     *
     * @param former the rows of pairs, as they are shown, that were measured before and are kept
     */
    static DetectionRates measured(int runs, Map<Pair, List<String>> former) {
        DetectionRates rates = new DetectionRates(runs, former);
        List<Pair> wanted = pairs().stream()
                .filter(pair -> !former.containsKey(shown(pair)))
                .toList();
        MutantsAreKilledTest.mutants().forEach(mutant -> rates.measure(mutant, wanted::contains));
        Stream.concat(RaceMutants.WITHOUT_PAUSE.stream(), RaceMatrixMutants.WITHOUT_PAUSE.stream())
                .forEach(mutant -> rates.measure(mutant, pair -> wanted.contains(paused(pair))));
        return rates;
    }

    private static Pair paused(Pair unpaused) {
        return new Pair(unpaused.rule(), unpaused.mutant().replace(RaceMutants.WITHOUT, ""));
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
            List<String> row = former.get(shown(pair));
            table.row(row == null ? measuredRow(pair) : row);
        }
        return table.toString();
    }

    private List<String> measuredRow(Pair pair) {
        Integer unpaused = noticed.get(new Pair(pair.rule(), pair.mutant() + RaceMutants.WITHOUT));
        return List.of(
                pair.rule(),
                Markdown.text(pair.mutant()),
                of(noticed.getOrDefault(pair, 0)),
                unpaused == null ? "" : of(unpaused));
    }

    private String of(int times) {
        return times + " of " + runs;
    }
}
