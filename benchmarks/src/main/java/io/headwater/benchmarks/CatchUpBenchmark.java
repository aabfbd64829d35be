package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.benchmarks.CatchUp.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How fast a subscription comes through the history, beside those who only read the same log. */
final class CatchUpBenchmark extends Benchmark {
    private static final int PAGE = 1000;
    private static final String LOG_READ = "headwater, log read";
    private static final String RAW = "raw, log read";
    private static final Goal OVER_LOG_READ = Goal.atLeast(0.7);

    CatchUpBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run() throws Exception {
        try (Site site = Site.in(folder, target);
                EventStore store = EventStores.open(site.url())) {
            settings.progress().accept(target.name() + " catch-up, filling the store");
            Corpus.fill(store, settings.events());
            try (Reader headwater = new HeadwaterReader(store);
                    Reader raw = target.rawReader(site.path(), store)) {
                report(Contest.hold(target.name() + " catch-up", contestants(store, headwater, raw), settings));
            }
        }
    }

    private static List<Contestant> contestants(EventStore store, Reader headwater, Reader raw) {
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(contestant(LOG_READ, new LogReads(headwater::log, PAGE)));
        contestants.add(contestant(RAW, new LogReads(raw::log, PAGE)));
        for (Way way : Way.values()) {
            contestants.add(contestant(way.words(), new CatchUp(store, way)));
        }
        return contestants;
    }

    private static Contestant contestant(String name, Work work) {
        return new Contestant(name, time -> Load.eventsPerSecond(List.of(work), time, Long.MAX_VALUE));
    }

    private void report(Contest contest) {
        report.add(contest);
        for (Way way : Way.values()) {
            String what = "catch up, " + way.words();
            report.add(contest.row(what, way.words(), OVER_LOG_READ, LOG_READ));
            report.add(contest.row(what, way.words(), Goal.NONE, RAW));
        }
        if (target.catchUpGoal().isSet()) {
            String one = Way.ONE.words();
            report.add(new Figure("catch up, " + one, "events/s", contest.of(one), target.catchUpGoal()));
        }
    }
}
