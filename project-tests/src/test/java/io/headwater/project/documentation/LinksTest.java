package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

    @Test
    void every_link_within_the_project_leads_somewhere() {
        List<String> broken = Project.markdown().stream()
                .flatMap(file -> broken(MarkdownFile.of(file), file).stream())
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void links_were_found_at_all() {
        assertThat(Project.markdown().stream().flatMap(file -> MarkdownFile.of(file).links().stream()))
                .contains("docs/contract.md")
                .hasSizeGreaterThan(20);
    }

    /** The links of a page that lead nowhere from this place. */
    static List<String> broken(MarkdownFile page, Path file) {
        return page.links().stream()
                .filter(link -> !link.matches("(?i)(https?|mailto):.*"))
                .filter(link -> !leadsSomewhere(file, link))
                .map(link -> Project.ROOT.relativize(file) + " links to " + link)
                .toList();
    }

    private static boolean leadsSomewhere(Path file, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!target.startsWith(Project.ROOT) || !Files.exists(target)) {
            return false;
        }
        return hash < 0 || MarkdownFile.of(target).anchors().contains(link.substring(hash + 1));
    }
}
