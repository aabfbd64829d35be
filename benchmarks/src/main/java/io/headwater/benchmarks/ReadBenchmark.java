package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads of whole streams, of the log and of a category, by one thread, from the same store. */
final class ReadBenchmark extends Benchmark {
    private static final int PAGE = 1000;
    private static final int CATEGORY = 100;
    private static final Goal LOG_GOAL = Goal.atLeast(0.5);
    private static final Goal DUMP_GOAL = Goal.atLeast(0.45);

    ReadBenchmark(Target target, Settings settings, Path folder, Report report) {
        super(target, settings, folder, report);
    }

    void run(boolean streams, boolean log) throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, target);
                EventStore store = EventStores.open(site.url())) {
            settings.progress().accept(target.name() + " read, filling the store");
            Corpus corpus = Corpus.fill(store, settings.events());
            try (Reader headwater = new HeadwaterReader(store);
                    Reader raw = target.baselineReader(site.path(), store)) {
                if (streams) {
                    streams(corpus, headwater, raw);
                }
                if (log) {
                    log(headwater, raw);
                    dump(site, store, headwater);
                }
            }
        }
    }

    private void streams(Corpus corpus, Reader headwater, Reader raw) throws Exception {
        for (int length : Corpus.LENGTHS) {
            List<String> names = corpus.streamsOf(length);
            for (String name : names) {
                same(headwater.stream(name), raw.stream(name));
            }
            compare(
                    "read streams of " + length,
                    Goal.NONE,
                    new StreamReads(headwater, names, length),
                    new StreamReads(raw, names, length));
        }
    }

    private void log(Reader headwater, Reader raw) throws Exception {
        String category = Corpus.category(CATEGORY);
        comparison("read log", LOG_GOAL, headwater::log, raw::log);
        comparison(
                "read category",
                Goal.NONE,
                (after, limit) -> headwater.category(category, after, limit),
                (after, limit) -> raw.category(category, after, limit));
    }

    private void dump(StoreLocation site, EventStore store, Reader headwater) throws Exception {
        Optional<Dump> dump = target.baselineDump(site.path());
        if (dump.isPresent()) {
            try (Dump raw = dump.get()) {
                same(HeadwaterReader.tally(store.log(LogQuery.all()).toList()), raw.read());
                compare("read log, over a dump", DUMP_GOAL, new LogReads(headwater::log, PAGE), raw);
            }
        }
    }

    private void comparison(String what, Goal goal, LogReads.Pages headwater, LogReads.Pages raw) throws Exception {
        same(LogReads.all(headwater, PAGE), LogReads.all(raw, PAGE));
        compare(what, goal, new LogReads(headwater, PAGE), new LogReads(raw, PAGE));
    }

    private void compare(String what, Goal goal, Work headwater, Work raw) throws Exception {
        List<Variant> variants = List.of(variant(HeadwaterVariant.NAME, headwater), variant("raw", raw));
        Comparison comparison = Comparison.run(target.name() + " " + what, variants, settings);
        report.add(comparison);
        report.add(comparison.row(what, HeadwaterVariant.NAME, target.hasGoals() ? goal : Goal.NONE, "raw"));
    }

    private static Variant variant(String name, Work work) {
        return new Variant(name, time -> ClosedLoop.eventsPerSecond(List.of(work), time, Long.MAX_VALUE));
    }

    /** The compared reads must return the same events. */
    private static void same(Tally headwater, Tally raw) {
        if (!headwater.equals(raw)) {
            throw new IllegalStateException("Headwater read " + headwater + ", the raw driver " + raw);
        }
    }
}
