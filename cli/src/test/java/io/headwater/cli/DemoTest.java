package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void it_shows_import_repeat_conflict_and_reads_and_can_be_run_again() {
        Path kept = folder.resolve("new folder");
        CommandRun first = CommandRun.of("demo", "--keep", kept.toString());
        assertThat(first.error()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("55 events new", "0 events new, 55 already there", "refused, the stream is at 5")
                .contains("recognised as a repeat", "LoanPaidOut")
                .contains("handled 7 events, the last was", "it continues with", "each exactly once")
                .doesNotContain("\u001b");
        CommandRun again = CommandRun.of("demo", "--keep", kept.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("handled 7 events, the last was", "each exactly once");
    }

    @Test
    void the_commands_it_ends_with_run() {
        CommandRun demo = CommandRun.of("demo", "--keep", folder.toString());
        List<String> commands = demo.lines().stream()
                .filter(line -> line.startsWith("   headwater "))
                .map(line -> line.strip().substring("headwater ".length()))
                .toList();
        assertThat(commands).hasSize(7);
        for (String command : commands) {
            String[] args = command.replace("'", "").split(" ");
            assertThat(CommandRun.of(args).exitCode()).as(command).isZero();
        }
    }

    @Test
    void it_is_coloured_on_a_terminal() {
        CommandRun run = CommandRun.in(
                Map.of(), new Terminals(false, true, false), new byte[0], "demo", "--keep", folder.toString());
        assertThat(run.out()).contains("\u001b[1mHeadwater");
    }

    @Test
    void it_works_on_another_store() {
        assertThat(CommandRun.of("demo", "--url", "memory:", "--keep", folder.toString())
                        .out())
                .contains("the store 'memory'", "each exactly once");
    }
}
