package io.headwater.verification.generated;

import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckSession;
import io.headwater.tck.rule.Kind;
import io.headwater.tck.rule.Rule;
import io.headwater.verification.mutants.Mutant;
import io.headwater.verification.mutants.MutantStorage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs the rules on mutants, each until a rule fails. */
final class Trial {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** A broken store never does what a rule waits for, so that half a second mostly shows that as well as five. */
    private static final double TIME_SCALE = 0.1;

    /** A rule that failed must fail again, with all the time that it has: on a busy machine one may fail by chance. */
    private static final int CONFIRMATIONS = 3;

    private final Profile profile;
    private final Usage usage = new Usage();
    private final RuleOrder order = new RuleOrder(usage);
    private final AtomicInteger runs = new AtomicInteger();

    Trial(Profile profile) {
        this.profile = profile;
    }

    /** Runs all rules on a sound store, to learn what they call and how long they take. To be done before any mutant. */
    Verdict ofSound() {
        Generated sound = usage.recording();
        return of(sound, order.of(sound), usage::ran);
    }

    /** Those of these rules that a sound store breaks. */
    List<String> brokenBySound(Set<String> rules) {
        return report(usage.recording(), rules).stream()
                .filter(result -> result.status() == Status.FAIL)
                .map(result -> result.rule().id())
                .toList();
    }

    /** Whether the rule still kills the mutant. */
    boolean killsAgain(KnownKill kill) {
        return failsAgain(kill.mutant(), kill.rule());
    }

    /** What survives the rules in the order in which they probably kill is tried with them in their own order, too. */
    Verdict of(Generated generated) {
        Verdict verdict = of(generated, order.of(generated), rule -> {});
        return verdict.survived() ? of(generated, order.ofCatalogue(generated), rule -> {}) : verdict;
    }

    private Verdict of(Generated generated, List<Rule> rules, Consumer<Rule> ran) {
        long begun = System.nanoTime();
        Mutant mutant = generated.mutant(runs.incrementAndGet());
        return MutantStorage.kept(mutant, () -> {
            try (TckSession session = tck(mutant, TIME_SCALE).open()) {
                return session.fixtureProblem()
                        .map(problem -> verdict(generated, "set-up", problem, begun))
                        .orElseGet(() -> ofRules(generated, rules, session, begun, ran));
            }
        });
    }

    private Tck tck(Mutant mutant, double timeScale) {
        return Tck.of(MutantStorage.control(mutant))
                .profile(profile)
                .deadline(DEADLINE)
                .timeScale(timeScale);
    }

    private Verdict ofRules(Generated generated, List<Rule> rules, TckSession session, long begun, Consumer<Rule> ran) {
        for (Rule rule : rules) {
            long start = System.nanoTime();
            RuleResult result = session.run(rule);
            ran.accept(rule);
            if (result.status() == Status.FAIL) {
                if (failsAgain(generated, rule)) {
                    order.killed(generated, rule);
                    return verdict(generated, rule.id(), result.message(), begun);
                }
                order.failedByChance(rule);
            } else {
                order.took(rule, System.nanoTime() - start);
            }
        }
        return verdict(generated, "", "", begun);
    }

    private boolean failsAgain(Generated generated, Rule rule) {
        int times = rule.kind() == Kind.REPEATED ? CONFIRMATIONS : 1;
        for (int time = 0; time < times; time++) {
            if (report(generated, Set.of(rule.id())).stream().anyMatch(again -> again.status() == Status.FAIL)) {
                return true;
            }
        }
        return false;
    }

    /** What these rules say about a new one, with all the time that they need. */
    private List<RuleResult> report(Generated generated, Set<String> rules) {
        Mutant fresh = generated.mutant(runs.incrementAndGet());
        return MutantStorage.kept(
                fresh,
                () -> tck(fresh, 1).only(rules.toArray(String[]::new)).run().results());
    }

    private static Verdict verdict(Generated mutant, String killer, String message, long begun) {
        return new Verdict(
                mutant, killer, message.lines().findFirst().orElse(""), Duration.ofNanos(System.nanoTime() - begun));
    }
}
