package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.project.Project;
import io.headwater.project.documentation.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README's import section, in the order in which they stand there. */
class ReadmeCommandsTest {
    private static final Pattern SECTION = Pattern.compile("(?s)## Import your own events\n(.*?)\n## ");
    private static final Pattern EVENT = Pattern.compile("(?m)^\\{.*}$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./headwater (.*)$");

    private static String section() {
        return SECTION.matcher(Project.read(Project.ROOT.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_event_shown_is_imported_and_read_back(@TempDir Path folder) throws IOException {
        List<String> events =
                EVENT.matcher(section()).results().map(MatchResult::group).toList();
        Files.write(folder.resolve("events.ndjson"), events);
        List<String> commands = COMMAND.matcher(section())
                .results()
                .map(command -> command.group(1))
                .toList();
        assertThat(commands).hasSize(2);
        Run last = new Run(-1, "", "");
        for (String command : commands) {
            last = Program.headwater(List.of(command.split(" ")), folder);
            assertThat(last.exitCode()).as("%s%n%s", command, last.err()).isZero();
        }
        assertThat(last.out()).contains("order-42@1", "OrderPlaced", "{\"total\":30}");
    }
}
