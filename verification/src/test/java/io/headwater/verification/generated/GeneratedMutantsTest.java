package io.headwater.verification.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules kill broken stores that they were not written for. {@code -Dheadwater.generated=all} tries all of them, another text
 * those whose names contain it; otherwise a sample is tried.
 */
class GeneratedMutantsTest {
    private static final String CHOSEN = System.getProperty("headwater.generated", "");
    private static final Path TABLE = Path.of("target", "generated-mutants.tsv");
    private static final int SAMPLE = 24;
    private static final double MIN_SHARE = 0.5;

    private static List<Generated> chosen() {
        List<Generated> all = GeneratedMutants.all();
        if (CHOSEN.isEmpty()) {
            int step = all.size() / SAMPLE;
            return IntStream.range(0, SAMPLE).mapToObj(i -> all.get(i * step)).toList();
        }
        return CHOSEN.equals("all")
                ? all
                : all.stream().filter(mutant -> mutant.name().contains(CHOSEN)).toList();
    }

    @Test
    void names_differ() {
        assertThat(GeneratedMutants.all().stream().map(Generated::name)).doesNotHaveDuplicates();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void the_rules_kill_them() throws InterruptedException {
        Trial trial = new Trial(Profile.valueOf(System.getProperty("headwater.generated.profile", "QUICK")));
        assertThat(trial.ofSound().killer())
                .as("rule that a sound store breaks")
                .isEmpty();
        KillTable table = new KillTable(TABLE);
        inParallel(chosen(), trial, table);
        System.out.println("generated mutants: " + table.summary());
        assertThat(table.killed())
                .as("share that is killed of %s", table.summary())
                .isGreaterThan(MIN_SHARE);
    }

    private static void inParallel(List<Generated> mutants, Trial trial, KillTable table) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Integer.getInteger(
                "headwater.generated.threads", Runtime.getRuntime().availableProcessors()));
        mutants.forEach(mutant -> workers.submit(() -> table.add(trial.of(mutant))));
        workers.shutdown();
        workers.awaitTermination(3, TimeUnit.HOURS);
    }
}
