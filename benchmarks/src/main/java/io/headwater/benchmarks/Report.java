package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results and their environment. */
final class Report {
    private final Map<String, String> environment;
    private final List<Section> sections = new ArrayList<>();
    private final List<Comparison> contests = new ArrayList<>();

    /**
     * The lines of one backend.
     *
     * @param rows the figures that have a baseline
     * @param figures the figures that have none
     */
    record Section(String backend, List<Row> rows, List<Figure> figures) {}

    Report(Map<String, String> environment) {
        this.environment = new LinkedHashMap<>(environment);
    }

    /** Adds a line about the environment. */
    void describe(String name, String value) {
        environment.put(name, value);
    }

    /** Further lines belong to this backend. */
    void begin(String backend) {
        sections.add(new Section(backend, new ArrayList<>(), new ArrayList<>()));
    }

    private Section current() {
        return sections.get(sections.size() - 1);
    }

    void add(Row row) {
        current().rows().add(row);
    }

    void add(Figure figure) {
        current().figures().add(figure);
    }

    void add(Comparison comparison) {
        contests.add(comparison);
    }

    Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    List<Section> sections() {
        return Collections.unmodifiableList(sections);
    }

    List<Comparison> contests() {
        return Collections.unmodifiableList(contests);
    }
}
