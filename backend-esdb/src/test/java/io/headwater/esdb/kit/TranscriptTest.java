package io.headwater.esdb.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.esdb.server.Profile;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test server answers every scenario as the real one did whose version it plays. */
class TranscriptTest {

    @Test
    void the_server_answers_as_23_10_did() throws Exception {
        check("23.10.6", Profile.V23_10);
    }

    @Test
    void the_server_answers_as_24_6_did() throws Exception {
        check("24.6.0", Profile.V24);
    }

    private static void check(String version, Profile profile) throws Exception {
        SortedMap<String, String> transcripts = Transcripts.of(version);
        List<Catalog.Scenario> scenarios = Catalog.all().stream()
                .filter(scenario -> transcripts.containsKey(scenario.id()))
                .filter(scenario -> !SkippedScenarios.holds(scenario.id()))
                .toList();
        TranscriptRun.Report report = new TranscriptRun(profile, transcripts).of(scenarios);
        assertThat(report.differences()).as(report.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23.10.6", "24.6.0"})
    void every_transcript_is_of_a_scenario(String version) {
        assertThat(Catalog.all().stream().map(Catalog.Scenario::id))
                .containsAll(Transcripts.of(version).keySet());
        assertThat(Transcripts.of(version)).hasSizeGreaterThan(700);
    }

    @Test
    void only_what_the_server_does_not_have_and_what_is_not_stable_is_skipped() {
        TreeSet<String> all = new TreeSet<>(Transcripts.of("23.10.6").keySet());
        all.addAll(Transcripts.of("24.6.0").keySet());
        TreeSet<String> expected = new TreeSet<>(Transcripts.unstable("23.10.6"));
        expected.addAll(Transcripts.unstable("24.6.0"));
        all.stream()
                .filter(id -> id.matches("persistent\\..*|server\\.projections|scavenge\\.run|end\\..*"))
                .forEach(expected::add);

        assertThat(all.stream().filter(SkippedScenarios::holds)).containsExactlyElementsOf(expected);
    }

    @Test
    void each_line_of_the_list_skips_something_and_says_why() {
        assertThat(SkippedScenarios.lines()).allSatisfy(line -> {
            assertThat(line.reason()).hasSizeGreaterThan(20);
            assertThat(Transcripts.of("24.6.0").keySet()).anyMatch(line::holds);
        });
    }
}
