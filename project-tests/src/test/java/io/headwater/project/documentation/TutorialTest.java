package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import io.headwater.tck.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the tutorial to its end has the example; what the steps print is checked with the generated regions. */
class TutorialTest {
    private static final Pattern NOT_OF_THE_TUTORIAL =
            Pattern.compile("README.md|target/.*|src/test/java/com/example/filestore/FrameFileTest.java");

    @TempDir
    private Path folder;

    @Test
    void ends_with_the_example() throws IOException {
        Tutorial.follow("## What comes next", folder);
        assertThat(files(folder)).isEqualTo(files(Tutorial.EXAMPLE)).hasSizeGreaterThan(10);
    }

    @Test
    void the_example_uses_the_headwater_of_this_build() {
        assertThat(Tutorial.whole("pom.xml"))
                .contains("<headwater.version>" + Coordinates.version() + "</headwater.version>")
                .contains("<junit.version>" + Coordinates.jupiter6() + "</junit.version>");
    }

    @Test
    void quotes_rules_as_they_are() {
        List<String> quoted = Pattern.compile("(?m)^([A-Z]\\d+\\.\\d+) \\((MUST|SHOULD)\\) ([^:]+): (failed|not run)")
                .matcher(Project.read(Tutorial.PAGE))
                .results()
                .map(rule -> rule.group(1) + " " + rule.group(3))
                .toList();
        assertThat(quoted).hasSize(3);
        assertThat(Catalogue.rules())
                .extracting(rule -> rule.id() + " " + rule.sentence())
                .containsAll(quoted);
    }

    private static Map<String, String> files(Path project) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(project)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = project.relativize(file).toString();
                if (!NOT_OF_THE_TUTORIAL.matcher(name).matches()) {
                    files.put(name, Project.read(file));
                }
            }
        }
        return files;
    }
}
