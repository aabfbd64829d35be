package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverwritingTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void create() {
        database = folder.resolve("store.db");
        try (EventStore store = EventStores.open("sqlite:" + database)) {
            store.append(StreamId.of("a-1"), ExpectedVersion.any(), EventData.json("T", "{}"));
        }
    }

    private void assertRefused(int exitCode, String error) {
        assertThat(exitCode).isEqualTo(ExitCode.USAGE.number());
        assertThat(error).contains("would be lost", "name another file").hasLineCount(1);
    }

    private void assertThatTheStoreIsThere() {
        try (EventStore store = EventStores.open("sqlite:" + database + "?schema=validate")) {
            assertThat(store.log(LogQuery.all())).hasSize(1);
        }
    }

    @Test
    void an_export_never_replaces_a_database() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.ndjson"), database);
        for (Path target : new Path[] {database, link}) {
            CommandRun run = CommandRun.of("export", target.toString(), "--url", "sqlite:" + database);
            assertRefused(run.exitCode(), run.error());
        }
        assertRefused(
                CommandRun.of("export", database.toString(), "--url", "memory:").exitCode(),
                CommandRun.of("export", database.toString(), "--url", "memory:").error());
        assertThatTheStoreIsThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm", "-journal"})
    void nothing_replaces_what_sqlite_keeps_beside_a_database(String ending) throws IOException {
        Path beside = database.resolveSibling(database.getFileName() + ending);
        Path link = Files.createSymbolicLink(folder.resolve("link"), beside);
        for (Path target : List.of(beside, link)) {
            assertBeside(CommandRun.of("export", target.toString(), "--url", "sqlite:" + database));
            assertBeside(CommandRun.of("export", target.toString(), "--url", "memory:"));
            assertBeside(CommandRun.with(
                    "oops\n", "import", "--on-error", "skip", "--rejects", target.toString(), "--url", "memory:"));
        }
        assertThat(beside).doesNotExist();
        Files.writeString(beside, "");
        assertBeside(CommandRun.of("export", link.toString(), "--url", "memory:"));
        assertThat(beside).isEmptyFile();
        Files.delete(beside);
        assertThatTheStoreIsThere();
        assertThat(CommandRun.of("export", folder.resolve("other" + ending).toString(), "--url", "sqlite:" + database)
                        .exitCode())
                .as("the name alone does not matter")
                .isZero();
    }

    private static void assertBeside(CommandRun run) {
        assertThat(run.exitCode()).as(run.error()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error())
                .contains("belongs to a database", "name another file")
                .hasLineCount(1);
    }

    @Test
    void rejects_never_replace_a_database_not_even_the_one_that_the_import_has_just_made() {
        Path made = folder.resolve("made.db");
        for (Path target : new Path[] {database, made}) {
            CommandRun run = CommandRun.with(
                    "oops\n",
                    "import",
                    "--on-error",
                    "skip",
                    "--rejects",
                    target.toString(),
                    "--url",
                    "sqlite:" + target);
            assertRefused(run.exitCode(), run.error());
        }
        assertThatTheStoreIsThere();
    }

    @Test
    void rejects_never_replace_the_input_that_a_shell_redirected() throws Exception {
        Path input = Files.writeString(folder.resolve("in.ndjson"), "oops\n");
        Path error = folder.resolve("error.txt");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeadwaterCommand.class.getName(),
                        "import",
                        "--on-error=skip",
                        "--rejects=" + input,
                        "--url=memory:")
                .redirectInput(input.toFile())
                .redirectError(error.toFile())
                .start();
        assertRefused(process.waitFor(), Files.readString(error));
        assertThat(Files.readString(input)).isEqualTo("oops\n");
    }
}
