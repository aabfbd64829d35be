package io.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs, and candidates and baselines agree; rates are not checked. */
class BenchmarksCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_tiny_run_measures_every_backend_and_leaves_nothing_behind() throws Exception {
        Path json = folder.resolve("report.json");
        Path databases = folder.resolve("databases");

        int status = run("--writers", "1,3", "--events", "1500", "--folder", "" + databases, "--json", "" + json);

        assertThat(status).isZero();
        assertThat(json)
                .content()
                .contains("\"memory\"", "\"sqlite\"", "\"postgres\"", "group commit", "read category", "over a dump")
                .contains("\"dynamodb\"", "over a two-item transaction", "write units of an append, PutItem, 3 writers")
                .contains("\"esdb\"", "to one stream, any version", "vendor's client")
                .contains("catch up, pull", "across processes, idle, p99", "100 durable subscriptions");
        assertThat(databases).isEmptyDirectory();
    }

    @Test
    void an_unknown_backend_is_refused() {
        assertThat(run("--backend", "punchcards")).isNotZero();
    }

    private static int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--quick", "--seconds", "0.001", "--rounds", "1"));
        arguments.addAll(List.of(options));
        return BenchmarksCommand.commandLine()
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute(arguments.toArray(String[]::new));
    }
}
