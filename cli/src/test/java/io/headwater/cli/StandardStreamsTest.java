package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, closed streams and devices, as a shell passes them to the launcher. */
class StandardStreamsTest {
    private static final List<String> LINES =
            List.of("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":1}", "{\"stream\":\"a-2\",\"type\":\"T\",\"data\":2}");

    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void create() throws IOException {
        launcher = Launcher.in(folder);
        Files.write(launcher.work().resolve("lines"), LINES);
    }

    private List<String> stored() {
        try (EventStore store = EventStores.open(launcher.url())) {
            return store.log(LogQuery.all()).map(event -> event.data().text()).toList();
        }
    }

    private void assertRuns(String shell, String script) throws Exception {
        Launcher.Result result = launcher.run(shell, script);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private void fill() {
        CommandRun run =
                CommandRun.of("import", launcher.work().resolve("lines").toString(), "-q", "--url", launcher.url());
        assertThat(run.exitCode()).as(run.error()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat lines | headwater import -q",
                "cat lines | headwater import - -q",
                "cat lines | headwater import /dev/stdin -q",
                "gzip -c lines | headwater import /dev/fd/0 -q",
                "headwater import -q <lines",
                "mkfifo pipe; cat lines >pipe & headwater import pipe -q",
                "echo 1 | headwater append a-1 T - && mkfifo pipe && { echo 2 >pipe & headwater append a-1 T - <pipe; }"
            })
    void input_may_be_a_pipe(String script) throws Exception {
        assertRuns("sh", script);
        assertThat(stored()).extracting(String::strip).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headwater export -q | cat >copy",
                "headwater export - -q | cat >copy",
                "headwater export /dev/stdout -q | cat >copy",
                "headwater export /dev/stdout -q >copy",
                "mkfifo pipe; cat pipe >copy & headwater export pipe -q && wait",
                "mkfifo pipe.gz; gzip -dc <pipe.gz >copy & headwater export pipe.gz -q && wait"
            })
    void output_may_be_a_pipe(String script) throws Exception {
        fill();
        assertRuns("sh", script);
        assertThat(Files.readAllLines(launcher.work().resolve("copy")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{\"stream\":\"a-"));
    }

    /** Process substitution, if bash is installed; these are named pipes with other names. */
    static Stream<String> substitutions() {
        String export = "mkfifo end; headwater export -q >(cat >copy; echo >end) && read -r x <end && [ -s copy ]";
        String diff = "headwater tck diff <(cat report.json) <(cat report.json)";
        return Launcher.isThere("bash")
                ? Stream.of("headwater import -q <(cat lines)", "headwater append a-1 T - < <(echo 1)", export, diff)
                : Stream.of("mkfifo pipe; cat lines >pipe & headwater import -q pipe");
    }

    @ParameterizedTest
    @MethodSource("substitutions")
    void a_process_may_stand_for_a_file(String script) throws Exception {
        fill();
        Path report = launcher.work().resolve("report.json");
        CommandRun.of("tck", "run", "--url", "memory:", "--only", "A1.1", "--report", report.toString());
        assertRuns(Launcher.isThere("bash") ? "bash" : "sh", script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"import -q", "import /dev/stdin -q", "append a-1 T -"})
    void a_closed_input_fails_a_command_that_reads_it(String command) throws Exception {
        Launcher.Result result = launcher.run("headwater " + command + " <&-");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(result.output())
                .startsWith("headwater: ")
                .contains("the input is closed")
                .hasLineCount(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    void closed_streams_that_a_command_does_not_use_do_not_matter() throws Exception {
        fill();
        assertRuns("sh", "headwater log <&- >copy && headwater log >copy 2>&- && headwater log <&- >copy 2>&-");
        assertThat(Files.readAllLines(launcher.work().resolve("copy"))).hasSize(2);
        assertRuns("sh", "headwater import lines -q >&- <&- 2>&-; [ $? = 3 ] && headwater import -q <lines 2>&-");
        assertThat(stored()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "log --json", "export -q", "--help", "schema print"})
    void output_that_cannot_be_written_is_told_from_one_that_is_read_no_more(String command) throws Exception {
        fill();
        Launcher.Result closed = launcher.run("headwater " + command + " >&-");
        assertThat(closed.exitCode()).as(closed.output()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(closed.output()).isEqualTo("headwater: standard output cannot be written: it is closed\n");
        Launcher.Result gone = launcher.run("mkfifo gone; { read -r x <gone; headwater " + command
                + "; echo $? >code; } | { exec <&-; echo >gone; }; cat code");
        assertThat(gone.output()).isEqualTo(ExitCode.OUTPUT_CLOSED.number() + "\n");
    }
}
