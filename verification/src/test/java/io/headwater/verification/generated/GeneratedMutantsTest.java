package io.headwater.verification.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules kill broken stores that they were not written for. {@code -Dheadwater.generated=all} tries all of them, {@code seen}
 * and {@code unseen} one half, another text those whose names contain it, such as {@code devised:}; with {@code -Dheadwater.generated.every=5} every fifth
 * of these. Otherwise a sample is tried.
 */
class GeneratedMutantsTest {
    private static final String CHOSEN = System.getProperty("headwater.generated", "");
    private static final int EVERY = Integer.getInteger("headwater.generated.every", 1);
    private static final Path TABLE = Path.of("target", "generated-mutants.tsv");
    private static final int SAMPLE = 24;
    private static final double MIN_SHARE = 0.5;

    private static List<Generated> chosen() {
        List<Generated> all = GeneratedMutants.all();
        if (CHOSEN.isEmpty()) {
            int step = all.size() / SAMPLE;
            return IntStream.range(0, SAMPLE).mapToObj(i -> all.get(i * step)).toList();
        }
        List<Generated> named =
                all.stream().filter(GeneratedMutantsTest::isChosen).toList();
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
            default -> mutant.name().contains(CHOSEN);
        };
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void the_rules_kill_them() throws Exception {
        Trial trial = new Trial(Profile.valueOf(System.getProperty("headwater.generated.profile", "QUICK")));
        assertThat(trial.ofSound().killer())
                .as("rule that a sound store breaks")
                .isEmpty();
        KillTable table = new KillTable(TABLE);
        List<Generated> chosen = chosen();
        inParallel(chosen, trial, table);
        System.out.println("generated mutants: " + table.summary());
        assertThat(table.size()).isEqualTo(chosen.size()).isPositive();
        assertThat(table.killed())
                .as("share that is killed of %s", table.summary())
                .isGreaterThan(MIN_SHARE);
    }

    private static void inParallel(List<Generated> mutants, Trial trial, KillTable table) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(Integer.getInteger(
                "headwater.generated.threads", Runtime.getRuntime().availableProcessors()));
        try {
            List<Callable<Integer>> trials =
                    mutants.stream().map(mutant -> trying(mutant, trial, table)).toList();
            for (Future<Integer> ended : workers.invokeAll(trials)) {
                ended.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static Callable<Integer> trying(Generated mutant, Trial trial, KillTable table) {
        return () -> table.add(trial.of(mutant));
    }
}
