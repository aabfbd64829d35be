package io.headwater.verification.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules kill broken stores that they were not written for. {@code -Dheadwater.generated=all} tries all of them, {@code seen}
 * and {@code unseen} one half, a regular expression such as {@code devised:} those in whose names it is found; with
 * {@code -Dheadwater.generated.every=5} every fifth of these. Otherwise rules are tried again on mutants that they killed.
 */
class GeneratedMutantsTest {
    private static final String CHOSEN = System.getProperty("headwater.generated", "");
    private static final int EVERY = Integer.getInteger("headwater.generated.every", 1);
    private static final Path TABLE = Path.of("target", "generated-mutants.tsv");
    private static final double MIN_SHARE = 0.5;

    private static List<Generated> chosen() {
        List<Generated> named = GeneratedMutants.all().stream()
                .filter(GeneratedMutantsTest::isChosen)
                .toList();
        return IntStream.range(0, named.size())
                .filter(i -> i % EVERY == 0)
                .mapToObj(named::get)
                .toList();
    }

    private static boolean isChosen(Generated mutant) {
        return switch (CHOSEN) {
            case "all" -> true;
            case "seen" -> !mutant.isUnseen();
            case "unseen" -> mutant.isUnseen();
            default -> Pattern.compile(CHOSEN).matcher(mutant.name()).find();
        };
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void the_rules_kill_them() throws Exception {
        Trial trial = new Trial(Profile.valueOf(System.getProperty("headwater.generated.profile", "QUICK")));
        if (CHOSEN.isEmpty()) {
            killAgain(trial, KnownKill.all());
        } else {
            measure(trial, chosen());
        }
    }

    private static void killAgain(Trial trial, List<KnownKill> known) throws Exception {
        Set<String> rules = known.stream().map(kill -> kill.rule().id()).collect(Collectors.toSet());
        assertThat(trial.brokenBySound(rules))
                .as("rules that a sound store breaks")
                .isEmpty();
        List<String> survivors = Collections.synchronizedList(new ArrayList<>());
        inParallel(known, kill -> {
            if (!trial.killsAgain(kill)) {
                survivors.add(kill.mutant().name() + " survives " + kill.rule().id());
            }
        });
        assertThat(survivors).isEmpty();
        assertThat(known).isNotEmpty();
    }

    private static void measure(Trial trial, List<Generated> mutants) throws Exception {
        assertThat(trial.ofSound().killer())
                .as("rule that a sound store breaks")
                .isEmpty();
        KillTable table = new KillTable(TABLE);
        inParallel(mutants, mutant -> table.add(trial.of(mutant)));
        System.out.println("generated mutants: " + table.summary());
        assertThat(table.size()).isEqualTo(mutants.size()).isPositive();
        assertThat(table.killed())
                .as("share that is killed of %s", table.summary())
                .isGreaterThan(MIN_SHARE);
    }

    private static <T> void inParallel(List<T> each, Consumer<T> trial) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(Integer.getInteger(
                "headwater.generated.threads", Runtime.getRuntime().availableProcessors()));
        try {
            List<Callable<Object>> trials = each.stream()
                    .map(one -> Executors.callable(() -> trial.accept(one)))
                    .toList();
            for (Future<Object> ended : workers.invokeAll(trials)) {
                ended.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }
}
