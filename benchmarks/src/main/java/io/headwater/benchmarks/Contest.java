package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What contestants reached that were measured in turns. */
record Contest(String title, Map<String, Samples> results) {

    /** Rounds in which each contestant has a turn (A B C, A B C, …). The first ones only warm up. */
    static Contest hold(String title, List<Contestant> contestants, Settings settings) throws Exception {
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        settings.inRounds(title, counts -> {
            for (Contestant contestant : contestants) {
                double rate = measure(contestant, settings);
                if (counts) {
                    measured.computeIfAbsent(contestant.name(), first -> new ArrayList<>())
                            .add(rate);
                }
            }
        });
        Map<String, Samples> results = new LinkedHashMap<>();
        measured.forEach((name, rates) -> results.put(name, new Samples(rates)));
        return new Contest(title, results);
    }

    /** Nobody pays for the garbage of the one before. */
    private static double measure(Contestant contestant, Settings settings) throws Exception {
        System.gc();
        return contestant.run().measure(settings.time());
    }

    Samples of(String name) {
        Samples samples = results.get(name);
        if (samples == null) {
            throw new IllegalArgumentException("'" + name + "' took no part in '" + title + "'");
        }
        return samples;
    }

    /** Which of these was the fastest. */
    String fastest(List<String> names) {
        return names.stream()
                .max(Comparator.comparingDouble(name -> of(name).median()))
                .orElseThrow();
    }

    /** A line of the report: one contestant over the fastest of some others. */
    Row row(String what, String name, Goal goal, String... others) {
        String rival = fastest(Arrays.asList(others));
        return new Row(what, of(name), rival, of(rival), goal);
    }
}
