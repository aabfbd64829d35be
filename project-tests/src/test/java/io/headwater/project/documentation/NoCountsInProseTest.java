package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Numbers of things that are added to become wrong when they are written by hand: pages leave them out, or have them generated. */
class NoCountsInProseTest {
    private static final Pattern COUNT =
            Pattern.compile("\\b\\d[\\d,]* (?:backends|checks|commands|modules|mutants|rules|tests)\\b");

    @Test
    void no_page_counts_what_grows() {
        assertThat(Project.markdown().stream().flatMap(NoCountsInProseTest::counts))
                .isEmpty();
    }

    private static Stream<String> counts(Path file) {
        String byHand = GeneratedRegion.refreshed(Project.read(file), region -> "");
        return COUNT.matcher(byHand)
                .results()
                .map(count -> Project.ROOT.relativize(file) + " says '" + count.group() + "'");
    }
}
