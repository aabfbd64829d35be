package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, and where. */
final class Report {
    private final Map<String, String> environment;
    private final List<Section> sections = new ArrayList<>();
    private final List<Contest> contests = new ArrayList<>();

    /**
     * The lines of one backend.
     *
     * @param rows what is compared with somebody
     * @param figures what stands alone
     */
    record Section(String backend, List<Row> rows, List<Figure> figures) {}

    Report(Map<String, String> environment) {
        this.environment = new LinkedHashMap<>(environment);
    }

    /** One more line about the environment. */
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

    void add(Contest contest) {
        contests.add(contest);
    }

    Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    List<Section> sections() {
        return Collections.unmodifiableList(sections);
    }

    List<Contest> contests() {
        return Collections.unmodifiableList(contests);
    }
}
