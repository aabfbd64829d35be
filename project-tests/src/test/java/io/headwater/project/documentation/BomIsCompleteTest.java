package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM has every artifact that is published, at the version of this build, and no other. */
class BomIsCompleteTest {
    private static final String BOM = read("bom/pom.xml");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern MANAGED = Pattern.compile(
            "<groupId>io\\.headwater</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>\\$\\{project\\.version}</version>");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");
    private static final String NOT_PUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

    private static String read(String file) {
        return Project.read(Project.ROOT.resolve(file));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<String> published() {
        List<String> artifacts = new ArrayList<>();
        for (String module : all(MODULE, read("pom.xml").replaceFirst("(?s)<profiles>.*", ""))) {
            String pom = read(module + "/pom.xml");
            if (!module.equals("bom") && !pom.contains(NOT_PUBLISHED)) {
                artifacts.addAll(all(ARTIFACT, pom));
            }
        }
        return artifacts;
    }

    @Test
    void every_published_artifact_and_no_other_is_listed() {
        assertThat(published()).contains("headwater-api");
        assertThat(all(MANAGED, BOM)).containsExactlyInAnyOrderElementsOf(published());
    }

    @Test
    void its_version_is_that_of_the_build() {
        assertThat(BOM)
                .contains("<artifactId>headwater-bom</artifactId>\n  <version>" + Coordinates.version() + "</version>");
    }
}
