package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of variants that were measured in turns. */
record Comparison(String title, Map<String, Samples> results) {

    /** Runs rounds in which each variant has a turn (A B C, A B C, …). The first rounds only warm up. */
    static Comparison run(String title, List<Variant> variants, Settings settings) throws Exception {
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        settings.inRounds(title, counts -> {
            for (Variant variant : variants) {
                double rate = measure(variant, settings);
                if (counts) {
                    measured.computeIfAbsent(variant.name(), first -> new ArrayList<>())
                            .add(rate);
                }
            }
        });
        Map<String, Samples> results = new LinkedHashMap<>();
        measured.forEach((name, rates) -> results.put(name, new Samples(rates)));
        return new Comparison(title, results);
    }

    /** Collects garbage first, so that a variant does not pay for the garbage of the previous one. */
    private static double measure(Variant variant, Settings settings) throws Exception {
        System.gc();
        return variant.run().measure(settings.time());
    }

    Samples of(String name) {
        Samples samples = results.get(name);
        if (samples == null) {
            throw new IllegalArgumentException("'" + name + "' was not measured in '" + title + "'");
        }
        return samples;
    }

    /** The fastest of these. */
    String fastest(List<String> names) {
        return names.stream()
                .max(Comparator.comparingDouble(name -> of(name).median()))
                .orElseThrow();
    }

    /** A line of the report: one candidate, with the fastest of these baselines. */
    Row row(String what, String name, Goal goal, String... others) {
        String baseline = fastest(Arrays.asList(others));
        return new Row(what, of(name), baseline, of(baseline), goal);
    }
}
