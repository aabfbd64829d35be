package io.headwater.benchmarks;

import static io.headwater.benchmarks.HeadwaterVariant.NAME;

import io.headwater.benchmarks.Target.Baselines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Appends of batches, by one and by many writers, each to a stream of its own. */
final class AppendBenchmark extends Benchmark {
    private static final int SINGLE = 1;
    private static final int BULK = 100;
    private static final Goal GROUP_COMMIT_GOAL = Goal.atLeast(5);
    private static final Goal INSERT_GOAL = Goal.atLeast(0.5);

    AppendBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        for (int batch : settings.batches()) {
            Comparison comparison =
                    Comparison.run("%s append ×%s".formatted(target.name(), batch), variants(batch), settings);
            report.add(comparison);
            perWriters(comparison, batch);
            if (target.groupsCommits() && batch == SINGLE) {
                groupCommit(comparison, batch);
            }
            if (batch == BULK) {
                inserts(comparison, batch);
            }
        }
    }

    private List<Variant> variants(int batch) {
        List<Variant> variants = new ArrayList<>();
        for (int writers : settings.writers()) {
            variants.add(variant(new HeadwaterVariant(target), batch, writers));
            raw(batch).forEach(raw -> variants.add(variant(raw, batch, writers)));
        }
        if (batch == BULK) {
            target.insertBaseline().ifPresent(raw -> variants.add(variant(raw, batch, 1)));
        }
        return variants;
    }

    private Stream<AppendVariant> raw(int batch) {
        return target.appendBaselines(batch).stream().map(Baselines::variants).flatMap(List::stream);
    }

    private Variant variant(AppendVariant variant, int batch, int writers) {
        AppendMeasurement run = new AppendMeasurement(target, variant, batch, writers, folder);
        return new Variant(name(variant.name(), writers), run);
    }

    private static String name(String variant, int writers) {
        return variant + ", " + NumberText.writers(writers);
    }

    private void perWriters(Comparison comparison, int batch) {
        for (int writers : settings.writers()) {
            for (Baselines baselines : target.appendBaselines(batch)) {
                String what = "append %s × %s%s"
                        .formatted(NumberText.events(batch), NumberText.writers(writers), baselines.over());
                Goal goal = writers > 1 ? baselines.goal() : Goal.NONE;
                report.add(
                        comparison.row(what, name(NAME, writers), goal, names(baselines.variants().stream(), writers)));
            }
        }
    }

    private static String[] names(Stream<AppendVariant> variants, int writers) {
        return variants.map(raw -> name(raw.name(), writers)).toArray(String[]::new);
    }

    /** The benefit of group commit: compared with a commit for each append, and with a single writer. */
    private void groupCommit(Comparison comparison, int batch) {
        for (int writers : settings.writers()) {
            if (writers > 1) {
                shared(comparison, writers, ", over one commit per append", names(raw(batch), writers));
            }
            if (writers > 1 && settings.writers().contains(1)) {
                shared(comparison, writers, ", over one writer", name(NAME, 1));
            }
        }
    }

    private void shared(Comparison comparison, int writers, String over, String... baselines) {
        String what = "group commit, " + NumberText.writers(writers) + over;
        report.add(comparison.row(what, name(NAME, writers), GROUP_COMMIT_GOAL, baselines));
    }

    private void inserts(Comparison comparison, int batch) {
        target.insertBaseline()
                .ifPresent(raw -> settings.writers().forEach(writers -> {
                    String what = "append %s × %s, over bare inserts"
                            .formatted(NumberText.events(batch), NumberText.writers(writers));
                    report.add(comparison.row(what, name(NAME, writers), INSERT_GOAL, name(raw.name(), 1)));
                }));
    }
}
