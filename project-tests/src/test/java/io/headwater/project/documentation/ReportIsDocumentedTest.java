package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import io.headwater.tck.Profile;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about reports names every field of their JSON, and what the words in it mean. */
class ReportIsDocumentedTest {
    /** Fields in camel case; names of constants are no fields. */
    private static final Pattern FIELD = Pattern.compile("\"([a-z]\\w+)\":");

    private final String page = Project.read(Project.ROOT.resolve("docs/tck.md"));

    @Test
    void every_field_of_the_json_is_there() {
        // A restart, which a memory store does not survive, fails with operations.
        TckReport report = Tck.of("memory:documented").only("G9.3", "A1").run();
        assertThat(report.with(Status.FAIL)).hasSize(1);
        Set<String> fields = new TreeSet<>();
        FIELD.matcher(ReportFormat.JSON.text(report)).results().forEach(field -> fields.add(field.group(1)));
        assertThat(fields).contains("threw", "capabilities", "operations").hasSizeGreaterThan(30);
        String json = page.substring(page.indexOf("### JSON"));
        assertThat(fields).allSatisfy(field -> assertThat(json).containsPattern("[`.]" + field + "[`\\[.]"));
        assertThat(json).contains(ReportFormat.JSON_FORMAT);
    }

    @ParameterizedTest
    @EnumSource
    void every_status_is_explained(Status status) {
        assertThat(page).contains("| `" + status + "` | " + status.words() + " |");
    }

    @ParameterizedTest
    @EnumSource
    void every_profile_is_explained(Profile profile) {
        assertThat(page)
                .contains("| `%s` | %s |".formatted(profile.name().toLowerCase(Locale.ROOT), profile.repetitions()));
    }
}
