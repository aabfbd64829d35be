package io.headwater.benchmarks;

import static io.headwater.benchmarks.EsdbAppends.VENDOR;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.benchmarks.EsdbAppends.Expecting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Appends of single events and reads, beside the vendor's client on the same server. */
final class EsdbBenchmark {
    private static final int CATEGORY = 100;
    private static final int SHARING = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Goal EXACT_GOAL = Goal.atLeast(0.6);
    private static final Goal ANY_GOAL = Goal.atLeast(0.3);
    private static final Goal READ_GOAL = Goal.atLeast(1);
    private static final Goal CATEGORY_GOAL = Goal.atLeast(0.9);

    private final EsdbStorage storage;
    private final Settings settings;
    private final Path folder;
    private final Report report;

    EsdbBenchmark(EsdbStorage storage, Settings settings, Path folder, Report report) {
        this.storage = storage;
        this.settings = settings;
        this.folder = folder;
        this.report = report;
    }

    /** The goals are for a server that writes to a disk. */
    private Goal of(Goal goal) {
        return storage.isGiven() ? goal : Goal.NONE;
    }

    void appends() throws Exception {
        List<Variant> variants = new ArrayList<>();
        for (int writers : settings.writers()) {
            add(variants, Expecting.EXACTLY, writers);
        }
        Comparison exact = Comparison.run("esdb append ×1", variants, settings);
        report.add(exact);
        for (int writers : settings.writers()) {
            row(exact, "append 1 event × " + NumberText.writers(writers), writers, EXACT_GOAL);
        }
        List<Variant> sharing = new ArrayList<>();
        add(sharing, Expecting.ANY, SHARING);
        Comparison any = Comparison.run("esdb append ×1 to one stream, any version", sharing, settings);
        report.add(any);
        row(any, "append 1 event × " + NumberText.writers(SHARING) + " to one stream, any version", SHARING, ANY_GOAL);
    }

    private void add(List<Variant> variants, Expecting expecting, int writers) {
        for (AppendVariant variant :
                List.of(EsdbAppends.headwater(storage, expecting), EsdbAppends.vendor(storage, expecting))) {
            variants.add(new Variant(
                    name(variant.name(), writers), new AppendMeasurement(storage, variant, 1, writers, folder)));
        }
    }

    private static String name(String variant, int writers) {
        return variant + ", " + NumberText.writers(writers);
    }

    private void row(Comparison comparison, String what, int writers, Goal goal) {
        report.add(comparison.row(what, name(HeadwaterVariant.NAME, writers), of(goal), name(VENDOR, writers)));
    }

    void reads(boolean streams, boolean log) throws Exception {
        try (StoreLocation site = StoreLocation.in(folder, storage);
                EventStore store = EventStores.open(site.url() + "&categories=projection");
                VendorReader vendor = new VendorReader(site.url())) {
            settings.progress().accept("esdb read, filling the server");
            Corpus corpus = Corpus.fill(store, settings.events());
            if (streams) {
                streams(corpus, store, vendor);
            }
            if (log) {
                same(tally(store, LogQuery.all()), vendor.log());
                compare("read log", READ_GOAL, () -> tally(store, LogQuery.all()), vendor::log);
                storage.startProjections(site.path());
                String category = Corpus.category(CATEGORY);
                awaitLinks(vendor, category, corpus.streamsOf(CATEGORY).size() * CATEGORY);
                same(tally(store, LogQuery.category(category)), vendor.category(category));
                compare(
                        "read category",
                        CATEGORY_GOAL,
                        () -> tally(store, LogQuery.category(category)),
                        () -> vendor.category(category));
            }
        }
    }

    private static Tally tally(EventStore store, LogQuery query) {
        return HeadwaterReader.tally(store.log(query).toList());
    }

    private static void awaitLinks(VendorReader vendor, String category, int events) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!vendor.hasLinks(category, events)) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("the server's projection $by_category does not write: is it running?");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void streams(Corpus corpus, EventStore store, VendorReader vendor) throws Exception {
        for (int length : Corpus.LENGTHS) {
            List<String> names = corpus.streamsOf(length);
            SplittableRandom random = new SplittableRandom(Settings.SEED);
            for (String name : names) {
                same(stream(store, name), vendor.stream(name));
            }
            compare(
                    "read streams of " + length,
                    length >= CATEGORY ? READ_GOAL : Goal.NONE,
                    () -> stream(store, names.get(random.nextInt(names.size()))),
                    () -> vendor.stream(names.get(random.nextInt(names.size()))));
        }
    }

    private static Tally stream(EventStore store, String name) {
        return HeadwaterReader.tally(store.readStream(StreamId.of(name)).events());
    }

    /** A read of one stream, or of the whole log or category. */
    private interface Read {
        Tally run() throws Exception;
    }

    private void compare(String what, Goal goal, Read headwater, Read vendor) throws Exception {
        List<Variant> variants = List.of(variant(HeadwaterVariant.NAME, headwater), variant(VENDOR, vendor));
        Comparison comparison = Comparison.run("esdb " + what, variants, settings);
        report.add(comparison);
        report.add(comparison.row(what, HeadwaterVariant.NAME, of(goal), VENDOR));
    }

    private static Variant variant(String name, Read read) {
        Work work = () -> read.run().events();
        return new Variant(name, time -> ClosedLoop.eventsPerSecond(List.of(work), time, Long.MAX_VALUE));
    }

    /** The compared reads must return the same events. */
    private static void same(Tally headwater, Tally vendor) {
        if (!headwater.equals(vendor)) {
            throw new IllegalStateException("Headwater read " + headwater + ", the vendor's client " + vendor);
        }
    }
}
