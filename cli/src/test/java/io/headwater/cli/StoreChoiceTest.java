package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that a command works on, and its messages about that. */
class StoreChoiceTest {
    @TempDir
    Path folder;

    @Test
    void the_store_is_found_in_the_environment() {
        String url = "sqlite:" + folder.resolve("env.db");
        Map<String, String> environment = Map.of("HEADWATER_URL", url, "HEADWATER_BUSY_TIMEOUT", "2s");
        CommandRun.in(environment, Terminals.NONE, new byte[0], "append", "a-1", "T");
        assertThat(folder.resolve("env.db")).exists();
        assertThat(CommandRun.of("read", "a-1", "--url", url).lines()).hasSize(1);
    }

    @Test
    void a_write_to_a_memory_store_warns_that_it_ends_with_the_command() {
        String end = "headwater: a memory store ends with the command";
        String line = "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":{}}\n";
        assertThat(CommandRun.of("append", "a-1", "T", "--url", "memory:").error())
                .startsWith(end);
        assertThat(CommandRun.with(line, "import", "--url", "memory:").error()).startsWith(end);
        assertThat(CommandRun.with(line, "import", "--dry-run", "--url", "memory:")
                        .error())
                .isEmpty();
    }

    @Test
    void an_empty_variable_counts_as_none() {
        Map<String, String> environment = Map.of("HEADWATER_URL", "", "HEADWATER_BUSY_TIMEOUT", "2s");
        assertThat(new StoreOptions().config(environment)).hasToString(StoreOptions.DEFAULT_URL);
    }

    @Test
    void variables_do_not_count_beside_a_url() {
        String url = "sqlite:" + folder.resolve("own.db");
        Map<String, String> environment = Map.of("HEADWATER_URL", "sqlite:other.db", "HEADWATER_NO_OPTION", "x");
        assertThat(CommandRun.in(environment, Terminals.NONE, new byte[0], "append", "a-1", "T", "--url", url)
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("own.db")).exists();
    }

    @Test
    void looking_into_a_store_that_is_not_there_does_not_create_it() {
        Path missing = folder.resolve("missing.db");
        CommandRun run = CommandRun.of("log", "--url", "sqlite:" + missing);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("there is no store at", "headwater import");
        assertThat(Files.exists(missing)).isFalse();
    }
}
