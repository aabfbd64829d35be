package io.headwater.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends of single events, each writer to a stream of its own, beside bare writes: how many, and at how many write units. */
final class DynamoAppendBenchmark {
    private static final String PUT = "PutItem";
    private static final String TRANSACTION = "two-item transaction";

    /** With this number of writers, appends that go together are to outweigh the ticket that each takes. */
    private static final int MANY = 32;

    private static final Goal AHEAD = Goal.atLeast(1);

    private final DynamoStorage storage;
    private final Settings settings;
    private final Path folder;
    private final Report report;
    private final Map<String, DynamoVariant> measured = new LinkedHashMap<>();

    DynamoAppendBenchmark(DynamoStorage storage, Settings settings, Path folder, Report report) {
        this.storage = storage;
        this.settings = settings;
        this.folder = folder;
        this.report = report;
    }

    void run() throws Exception {
        Comparison comparison = Comparison.run(storage.name() + " append ×1", variants(), settings);
        report.add(comparison);
        for (int writers : settings.writers()) {
            row(comparison, writers, PUT, Goal.NONE);
            row(comparison, writers, TRANSACTION, writers >= MANY ? AHEAD : Goal.NONE);
        }
        measured.forEach(this::units);
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (int writers : settings.writers()) {
            add(variants, new HeadwaterVariant(storage), writers);
            add(variants, bare(PUT, DynamoWrites.Kind.PUT), writers);
            add(variants, bare(TRANSACTION, DynamoWrites.Kind.TRANSACTION), writers);
        }
        return variants;
    }

    private AppendVariant bare(String name, DynamoWrites.Kind kind) {
        return new DriverVariant(name, unused -> new DynamoWrites(storage.client(), kind));
    }

    private void add(List<Variant> variants, AppendVariant variant, int writers) {
        DynamoVariant counted = new DynamoVariant(storage, variant);
        String name = name(variant.name(), writers);
        measured.put(name, counted);
        variants.add(new Variant(name, new AppendMeasurement(storage, counted, 1, writers, folder)));
    }

    private static String name(String variant, int writers) {
        return variant + ", " + NumberText.writers(writers);
    }

    private void row(Comparison comparison, int writers, String over, Goal goal) {
        String what = "append 1 event × %s, over a %s".formatted(NumberText.writers(writers), over);
        report.add(comparison.row(what, name(HeadwaterVariant.NAME, writers), goal, name(over, writers)));
    }

    private void units(String name, DynamoVariant variant) {
        List<Double> all = variant.unitsPerEvent();
        Samples counted = new Samples(all.subList(settings.warmUps(), all.size()));
        report.add(new Figure("write units of an append, " + name, "units", counted, Goal.NONE));
    }
}
