package io.headwater.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.verification.mutants.DetectionRates.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A rule about what happens at the same time can miss a broken store. {@code docs/detection-rates.md} says how often each
 * noticed one; here it is held to that. With {@code -Dheadwater.rates=20} what the page lacks is measured, which takes a while; to
 * have a pair measured again, remove its row.
 */
class DetectionRatesTest {
    private static final String MEASURE =
            "./mvnw -pl verification -am test -Dtest=DetectionRatesTest -Dheadwater.rates=20";
    private static final int MIN_RUNS = 20;
    private static final double GOAL = 0.95;
    private static final Path FILE = Path.of("../docs/detection-rates.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z]\\d+\\.\\d+) \\| (.+?) \\| ((\\d+) of (\\d+)) \\| (.*) ?\\|$");

    @BeforeAll
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    static void measure() throws IOException {
        int runs = Integer.getInteger("headwater.rates", 0);
        if (runs > 0) {
            Files.writeString(FILE, document(DetectionRates.measured(runs, former())));
        }
    }

    @Test
    void every_rule_about_what_happens_at_the_same_time_was_measured() throws IOException {
        assertThat(rows().stream().map(row -> new Pair(row.group(1), row.group(2))))
                .as("measure with: " + MEASURE)
                .containsExactlyElementsOf(DetectionRates.pairs().stream()
                        .map(DetectionRates::shown)
                        .toList());
        assertThat(rows().stream().map(row -> Integer.parseInt(row.group(5))).distinct())
                .allMatch(runs -> runs >= MIN_RUNS);
    }

    @Test
    void each_notices_nineteen_of_twenty() throws IOException {
        assertThat(rows().stream()
                        .filter(row -> Integer.parseInt(row.group(4)) < GOAL * Integer.parseInt(row.group(5)))
                        .map(MatchResult::group))
                .as("a rule that misses a broken store is to be made better; then measure with: " + MEASURE)
                .isEmpty();
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(FILE)).results().toList();
    }

    private static Map<Pair, List<String>> former() throws IOException {
        return rows().stream()
                .collect(Collectors.toMap(
                        row -> new Pair(row.group(1), row.group(2)),
                        row -> List.of(
                                row.group(1),
                                row.group(2),
                                row.group(3),
                                row.group(6).strip())));
    }

    private static String document(DetectionRates rates) {
        return """
                # Detection rates

                What happens at the same time goes wrong now and then only, so a rule about it may run on a broken store and see
                nothing. Here is how often each of them noticed [the mutants](tck.md#the-rules) that it has to notice, in profile `full`,
                each run with another seed. The goal is 19 of 20, and a test holds the rules to it. Measured, not generated: a new
                rule or mutant is measured when it is added, as [CONTRIBUTING](../CONTRIBUTING.md#a-rule) says.

                Mutants that race leave a pause between two steps that had to be one, as long as a round trip to a storage nearby. The
                last column is the same mutant without the pause: there is no goal for that, it shows how much a rule has to spare.

                Measured on %s processors with Java %s.

                %s
                """.formatted(
                        Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), rates.table());
    }
}
