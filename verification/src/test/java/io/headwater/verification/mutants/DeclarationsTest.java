package io.headwater.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capability;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Need;
import io.headwater.verification.mutants.DeclarationMutants.Lie;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A backend that says of itself what is not so, opened by its URL as users do: every report says at once what, and what
 * to do.
 */
class DeclarationsTest {
    private static TckReport report(String url) {
        return Tck.of(url)
                .only("capabilities", "limits", "non-exact repeats", "G8.1", "G8.2")
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process")
                .timeScale(0.1)
                .run();
    }

    private static TckReport report(Lie lie) {
        return report(MutantProvider.url(lie.mutant()));
    }

    static Stream<Lie> lies() {
        return DeclarationMutants.lies();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_declaration_that_is_not_so_is_the_one_that_every_report_names_with_a_remedy(Lie lie) {
        TckReport report = report(lie);
        assertThat(report.fixtureProblem()).isEmpty();
        assertThat(report.falseDeclarations().keySet().iterator().next()).isEqualTo(lie.declaration());
        assertThat(report.with(Status.FAIL))
                .extracting(result -> result.rule().id())
                .containsAnyElementsOf(lie.mutant().killers());
        RuleResult first = report.falseDeclarations().get(lie.declaration()).get(0);
        String id = first.rule().id();
        assertThat(first.falseDeclarations().get(lie.declaration()))
                .contains(lie.declaration().equals("logVisibility") ? "log visibility" : lie.declaration())
                .containsPattern("declare|capabilities\\(\\)");
        assertThat(report.text()).contains("not as declared: " + lie.declaration() + " (" + id);
        assertThat(ReportFormat.MARKDOWN.text(report))
                .contains("| not as declared |", "| " + lie.declaration() + " | " + id);
        assertThat(ReportFormat.HTML.text(report)).contains("Not as declared", "<th>" + lie.declaration() + "</th>");
        assertThat(ReportFormat.JSON.text(report))
                .contains("\"notAsDeclared\":[{\"declaration\":\"%s\",\"seenBy\":[\"%s\""
                        .formatted(lie.declaration(), id));
    }

    @Test
    void every_capability_has_a_boaster_and_a_shy_one() {
        for (Capability capability : Capability.values()) {
            assertThat(lies().filter(lie -> lie.declaration().equals(capability.name())))
                    .as(capability.name())
                    .anyMatch(lie -> lie.mutant().killers().equals(List.of("E2.11")))
                    .anyMatch(lie -> !lie.mutant().killers().contains("E2.11"));
        }
    }

    @Test
    void several_that_are_hidden_are_told_together() {
        TckReport report = report("mutant:everything_works,_and_nothing_is_declared");
        assertThat(report.falseDeclarations().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Capability.values()).map(Capability::name).toList());
    }

    @Test
    void an_honest_backend_has_none() {
        TckReport report = report("memory:honest");
        assertThat(report.falseDeclarations()).isEmpty();
        assertThat(report.text()).doesNotContain("not as declared");
        assertThat(ReportFormat.MARKDOWN.text(report)).doesNotContain("not as declared");
        assertThat(ReportFormat.HTML.text(report)).doesNotContain("Not as declared");
        assertThat(ReportFormat.JSON.text(report)).contains("\"notAsDeclared\":[]");
    }
}
