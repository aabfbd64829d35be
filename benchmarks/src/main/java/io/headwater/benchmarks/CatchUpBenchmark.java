package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.benchmarks.CatchUp.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rate at which a subscription catches up, compared with a plain read of the same log. */
final class CatchUpBenchmark extends Benchmark {
    private static final int PAGE = 1000;
    private static final String LOG_READ = "headwater, log read";
    private static final String RAW = "raw, log read";
    private static final Goal OVER_LOG_READ = Goal.atLeast(0.7);
    private static final Goal DURABLE_OVER_LOG_READ = Goal.atLeast(0.9);

    CatchUpBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, target);
                EventStore store = EventStores.open(site.url())) {
            settings.progress().accept(target.name() + " catch-up, filling the store");
            Corpus.fill(store, settings.events());
            target.settle(site.path());
            try (Reader headwater = new HeadwaterReader(store);
                    Reader raw = target.baselineReader(site.path(), store)) {
                report(Comparison.run(target.name() + " catch-up", variants(store, headwater, raw), settings));
            }
        }
    }

    private static List<Variant> variants(EventStore store, Reader headwater, Reader raw) {
        List<Variant> variants = new ArrayList<>();
        variants.add(variant(LOG_READ, new LogReads(headwater::log, PAGE)));
        variants.add(variant(RAW, new LogReads(raw::log, PAGE)));
        for (Way way : Way.values()) {
            variants.add(variant(way.words(), new CatchUp(store, way)));
        }
        return variants;
    }

    private static Variant variant(String name, Work work) {
        return new Variant(name, time -> ClosedLoop.eventsPerSecond(List.of(work), time, Long.MAX_VALUE));
    }

    private void report(Comparison comparison) {
        report.add(comparison);
        for (Way way : Way.values()) {
            String what = "catch up, " + way.words();
            report.add(comparison.row(what, way.words(), goal(way), LOG_READ));
            report.add(comparison.row(what, way.words(), Goal.NONE, RAW));
        }
        if (target.catchUpGoal().isSet()) {
            String one = Way.ONE.words();
            report.add(new Figure("catch up, " + one, "events/s", comparison.of(one), target.catchUpGoal()));
        }
    }

    private Goal goal(Way way) {
        Goal goal = way == Way.DURABLE || way == Way.DURABLE_SELDOM ? DURABLE_OVER_LOG_READ : OVER_LOG_READ;
        return target.hasGoals() ? goal : Goal.NONE;
    }
}
