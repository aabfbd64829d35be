package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample application that the guide shows is the one of this build; the build of the examples compiles it and runs its tests. */
class GuideTest {
    private final String pom = Project.read(Project.ROOT.resolve("examples/orders/pom.xml"));

    @Test
    void the_sample_uses_the_headwater_of_this_build() {
        assertThat(pom)
                .contains("<headwater.version>" + Coordinates.version() + "</headwater.version>")
                .contains("<junit.version>" + Coordinates.jupiter6() + "</junit.version>")
                .contains("<slf4j.version>" + Coordinates.slf4j() + "</slf4j.version>");
    }

    @Test
    void the_build_of_the_examples_builds_the_sample() {
        assertThat(Project.read(Project.ROOT.resolve("examples/pom.xml")))
                .contains("<projectsDirectory>${project.basedir}/orders</projectsDirectory>");
    }

    @Test
    void the_guide_shows_every_part_of_the_sample() {
        List<String> shown = GeneratedRegion.names(Project.read(Project.ROOT.resolve("docs/guide.md")));
        assertThat(shown)
                .filteredOn(name -> name.startsWith("file examples/orders/"))
                .hasSizeGreaterThan(9);
    }
}
