package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Rule;
import io.headwater.verification.mutants.KillMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Writes the pages that are published beside those of {@code docs}, and are not kept in the tree, because every new rule changes
 * them: to {@code target/docs} of this module.
 */
class PublishedPagesTest {
    private static final Path TARGET = Project.ROOT.resolve("project-tests/target/docs");

    /** A row of a table that begins with a rule, which may be a link. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[?([A-Z]\\d+\\.\\d+)\\b");

    @Test
    void rules() throws IOException {
        assertIsWritten("rules.md", RulesPage.page());
    }

    @Test
    void kill_matrix() throws IOException {
        assertIsWritten("kill-matrix.md", new KillMatrix().page());
    }

    private static void assertIsWritten(String name, String text) throws IOException {
        Path file = Files.createDirectories(TARGET).resolve(name);
        Files.writeString(file, text);
        List<String> rows = ROW.matcher(text).results().map(row -> row.group(1)).toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Catalogue.rules().stream().map(Rule::id).toList());
        assertThat(LinksTest.broken(
                        MarkdownFile.of(file), Project.ROOT.resolve("docs").resolve(name)))
                .isEmpty();
    }
}
