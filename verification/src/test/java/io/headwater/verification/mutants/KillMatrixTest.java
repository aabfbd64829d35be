package io.headwater.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.report.Markdown;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.verification.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/kill-matrix.md} says which mutants each rule kills. {@link MutantsAreKilledTest} proves it; here it is only
 * written down. With {@code -Dheadwater.docs=update} the file is rewritten instead.
 */
class KillMatrixTest {
    private static final String UPDATE =
            "./mvnw -pl verification -am test -Dtest=KillMatrixTest -Dheadwater.docs=update";

    private final List<Mutant> mutants = MutantsAreKilledTest.mutants();

    @Test
    void the_kill_matrix_is_current() throws IOException {
        Path file = Project.ROOT.resolve("docs/kill-matrix.md");
        if ("update".equals(System.getProperty("headwater.docs"))) {
            Files.writeString(file, matrix());
        }
        assertThat(Files.readString(file))
                .as("bring it up to date with: " + UPDATE)
                .isEqualTo(matrix());
    }

    private String matrix() {
        String groups = Catalogue.groups().stream().map(this::group).collect(Collectors.joining("\n"));
        return """
                # Kill matrix

                A check that cannot fail proves nothing. So the TCK is run on %s mutants: the memory backend, or the store above it,
                with one thing broken. Each names the rules that must notice, and a test runs them: every one must fail. Generated
                from the mutants; how to add one is in [the kit's page](../tck/README.md#add-a-rule).

                Of %s rules %s kill a mutant. The others are about what lies above every store: the values of a request refuse or copy
                it before a store is called, or a URL and its options are read. No store can break these; tests of the API do.

                %s""".formatted(
                        mutants.size(),
                        Catalogue.rules().size(),
                        Catalogue.rules().size() - Unbreakable.ids().size(),
                        groups);
    }

    private String group(RuleGroup group) {
        Markdown.Table table = new Markdown.Table(List.of("rule", "what holds", "mutants that it kills"));
        for (Rule rule : group.rules()) {
            table.row(List.of(rule.id(), Markdown.text(rule.sentence()), killed(rule)));
        }
        return "## %s\n\n%s\n".formatted(group.name(), table.toString().strip());
    }

    private String killed(Rule rule) {
        if (Unbreakable.ids().contains(rule.id())) {
            return "none can be";
        }
        return mutants.stream()
                .filter(mutant -> mutant.killers().contains(rule.id()))
                .map(mutant -> Markdown.text(mutant.name()))
                .collect(Collectors.joining("; "));
    }
}
