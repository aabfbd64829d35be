package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, and where. */
final class Report {
    private final Map<String, String> environment;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final List<Contest> contests = new ArrayList<>();
    private List<Row> current = new ArrayList<>();

    Report(Map<String, String> environment) {
        this.environment = new LinkedHashMap<>(environment);
    }

    /** One more line about the environment. */
    void describe(String name, String value) {
        environment.put(name, value);
    }

    /** Further rows belong to this backend. */
    void begin(String backend) {
        current = rows.computeIfAbsent(backend, absent -> new ArrayList<>());
    }

    void add(Row row) {
        current.add(row);
    }

    void add(Contest contest) {
        contests.add(contest);
    }

    Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    Map<String, List<Row>> rows() {
        return Collections.unmodifiableMap(rows);
    }

    List<Contest> contests() {
        return Collections.unmodifiableList(contests);
    }
}
