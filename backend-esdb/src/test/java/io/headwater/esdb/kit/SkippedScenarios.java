package io.headwater.esdb.kit;

import java.util.List;

/** The scenarios that are not compared, from the one file that lists them, with a reason for each. */
final class SkippedScenarios {
    static final String FILE = "/transcripts/skipped.txt";

    /** An id, or the beginning of some with a star, and why. */
    record Line(String id, String reason) {
        static Line of(String line) {
            String[] parts = line.split("\\s*\\|\\s*", 2);
            return new Line(parts[0], parts[1].strip());
        }

        boolean holds(String scenario) {
            return id.endsWith("*") ? scenario.startsWith(id.substring(0, id.length() - 1)) : scenario.equals(id);
        }
    }

    private static final List<Line> LINES = Transcripts.lines(FILE).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Line::of)
            .toList();

    private SkippedScenarios() {}

    static List<Line> lines() {
        return LINES;
    }

    static boolean holds(String scenario) {
        return LINES.stream().anyMatch(line -> line.holds(scenario));
    }
}
