package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that cannot be undone: they ask before, and report afterwards. */
class ConfirmationTest {
    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void write_a_stream_of_three() {
        stores = TestStores.open("memory", folder);
        CommandRun.with(
                "{\"stream\":\"order-1\",\"type\":\"T\",\"data\":{}}\n".repeat(3), "import", "--url", stores.url());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete order-1", "tombstone order-1", "truncate order-1 --before 2"})
    void nothing_is_done_without_a_yes(String command) {
        CommandRun run = run(command);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error())
                .isEqualTo("headwater: %s of 'order-1' was not done: add --yes to confirm\n"
                        .formatted(command.split(" ")[0]));
        assertThat(events()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete order-1", "tombstone order-1", "truncate order-1 --before 4"})
    void the_name_typed_on_a_terminal_is_a_yes_and_another_one_is_not(String command) {
        CommandRun other = typed("order-2\n", command);
        assertThat(other.error()).contains("'order-1' (", "3 events", "nothing was changed");
        assertThat(events()).isEqualTo(3);
        assertThat(typed("order-1\n", command).exitCode()).isZero();
        assertThat(events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "truncate --before 3"})
    void a_stream_that_is_not_there_is_refused_before_anything_is_asked(String command) {
        CommandRun run = run(command + " nosuch-9");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.error())
                .isEqualTo("headwater: stream 'nosuch-9' was never written: nothing to %s\n"
                        .formatted(command.split(" ")[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "truncate --before 3", "tombstone"})
    void a_stream_that_is_ended_is_refused_before_anything_is_asked(String command) {
        run("tombstone order-1 --yes");
        CommandRun run = run(command + " order-1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.error()).contains("tombstone").doesNotContain("--yes");
    }

    @Test
    void a_tombstone_for_a_stream_that_was_never_written_says_so() {
        assertThat(typed("no\n", "tombstone nosuch-9").error()).contains("never written");
        assertThat(run("tombstone nosuch-9 --yes").out()).contains("never written");
    }

    @Test
    void truncate_tells_what_it_hid() {
        assertThat(run("truncate order-1 --before 2 --yes").out())
                .isEqualTo("order-1: 1 event hidden; 2 events left, from version 2\n");
        assertThat(run("truncate order-1 --before 2").out())
                .isEqualTo(
                        "order-1: nothing hidden, there is nothing before version 2; 2 events left, from version 2\n");
        assertThat(run("truncate order-1 --before 3000 --yes").out())
                .isEqualTo("order-1: 2 events hidden; the stream is now empty\n");
    }

    @Test
    void truncate_tells_machines_the_same() {
        assertThat(run("truncate order-1 --before 3 --yes --json").out())
                .isEqualTo("{\"truncated\":\"order-1\",\"before\":3,\"hidden\":2,\"left\":1}\n");
    }

    private int events() {
        return CommandRun.of("read", "order-1", "--url", stores.url()).lines().size();
    }

    private CommandRun run(String command) {
        return CommandRun.of(arguments(command));
    }

    private CommandRun typed(String answer, String command) {
        byte[] input = answer.getBytes(StandardCharsets.UTF_8);
        return CommandRun.in(Map.of(), new Terminals(true, false, false), input, arguments(command));
    }

    private String[] arguments(String command) {
        return Stream.of(command + " --url " + stores.url())
                .flatMap(line -> Stream.of(line.split(" ")))
                .toArray(String[]::new);
    }
}
