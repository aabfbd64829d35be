package io.headwater.migration.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings by their code, in the order in which they were met first: counts all, and keeps the first few places. */
final class Findings {
    private static final int EXAMPLES = 10;

    private final Map<FindingCode, Long> counts = new LinkedHashMap<>();
    private final Map<FindingCode, List<String>> examples = new LinkedHashMap<>();

    /** Something at a place. */
    void add(FindingCode code, String place) {
        add(code, 1);
        List<String> places = examples.computeIfAbsent(code, first -> new ArrayList<>());
        if (places.size() < EXAMPLES) {
            places.add(place);
        }
    }

    /** Something that occurs this often. */
    void add(FindingCode code, long count) {
        counts.merge(code, count, Long::sum);
    }

    List<Finding> list() {
        return counts.entrySet().stream()
                .map(entry ->
                        new Finding(entry.getKey(), entry.getValue(), examples.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }
}
