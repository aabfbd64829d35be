package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, as bash runs it when the tabulator key is pressed. */
class CompletionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write_the_script() throws IOException {
        Files.write(folder.resolve("headwater.sh"), CommandRun.of("completion").output());
        Files.createFile(folder.resolve("events.ndjson"));
        Files.createFile(folder.resolve("events 2.ndjson"));
    }

    @Test
    void commands_and_options_are_completed() throws Exception {
        assertThat(completed("headwater", "tr")).containsExactly("truncate");
        assertThat(completed("headwater", "import", "--on-e")).containsExactly("--on-error");
        assertThat(completed("headwater", "tail", "--from-b")).containsExactly("--from-beginning");
        assertThat(completed("headwater", "import", "--on-error", "s")).containsExactly("stop", "skip");
        assertThat(completed("headwater", "tck", "m")).containsExactly("matrix");
        assertThat(completed("headwater", "tck", "run", "--profile", "f")).containsExactly("full");
    }

    @Test
    void files_are_completed_where_a_command_takes_one() throws Exception {
        assertThat(completed("headwater", "import", "ev"))
                .containsExactlyInAnyOrder("events.ndjson", "events 2.ndjson");
        assertThat(completed("headwater", "export", "events.")).containsExactly("events.ndjson");
        assertThat(completed("headwater", "tck", "matrix", "events.")).containsExactly("events.ndjson");
        assertThat(completed("headwater", "import", "--quiet", "events.")).containsExactly("events.ndjson");
    }

    @Test
    void the_words_for_an_expectation_are_completed() throws Exception {
        assertThat(completed("headwater", "append", "a-1", "T", "--expect", ""))
                .containsExactly("any", "none", "exists");
        assertThat(completed("headwater", "delete", "a-1", "--expect", "e")).containsExactly("exists");
    }

    @Test
    void the_script_tells_its_own_use_and_refers_to_nothing_else() {
        assertThat(CommandRun.of("completion").out())
                .startsWith("# Completes the headwater command")
                .doesNotContain("bash_profile", "see [");
    }

    private List<String> completed(String... words) throws IOException, InterruptedException {
        String call = """
                source ./headwater.sh
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _complete_headwater 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", call, "bash"));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return out.lines().toList();
    }
}
