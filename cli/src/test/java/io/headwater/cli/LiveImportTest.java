package io.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports in a separate process from pipes, whose content arrives in parts. */
class LiveImportTest {
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private EventStore store;
    private String url;

    @BeforeEach
    void open() {
        url = "sqlite:" + folder.resolve("events.db");
        store = EventStores.open(url);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] line(int number) {
        return "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":%d}\n"
                .formatted(number)
                .getBytes(UTF_8);
    }

    private Child start(String... args) throws IOException {
        return Child.start(folder.resolve("messages"), args);
    }

    private void awaitStored(int events) {
        await().atMost(DEADLINE).until(() -> Positions.number(store.head()) == events);
    }

    @ParameterizedTest
    @CsvSource({"TERM, TERMINATED", "INT, INTERRUPTED"})
    void a_pause_stores_what_came_and_a_signal_says_how_far_it_came(String signal, ExitCode code) throws Exception {
        try (Child child = Child.startInForeground(folder.resolve("messages"), "import", "-", "-q", "--url", url);
                OutputStream input = child.process().getOutputStream()) {
            input.write(line(1));
            input.write("{\"half".getBytes(UTF_8));
            input.flush();
            awaitStored(1);
            child.signal(signal);
            assertThat(child.process().waitFor()).as(child.said()).isEqualTo(code.number());
            assertThat(child.said())
                    .contains("stopped after line 1 of standard input: 1 event new", "run the same command again");
        }
        assertThat(store.log(LogQuery.all())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdin"})
    void standard_input_may_be_a_pipe(String name) throws Exception {
        try (Child child = start("import", name, "-q", "--url", url)) {
            try (OutputStream input = child.process().getOutputStream()) {
                input.write(line(1));
                input.write(line(2));
            }
            assertThat(child.process().waitFor()).as(child.said()).isZero();
        }
        assertThat(store.log(LogQuery.all())).hasSize(2);
    }

    @Test
    void data_of_one_event_may_come_through_a_pipe_and_an_export_go_into_one() throws Exception {
        try (Child child = start("append", "a-1", "T", "-", "--url", url)) {
            try (OutputStream input = child.process().getOutputStream()) {
                input.write("{\"x\":1}".getBytes(UTF_8));
            }
            assertThat(child.process().waitFor()).as(child.said()).isZero();
        }
        try (Child child = start("export", "/dev/stdout", "-q", "--url", url)) {
            assertThat(child.lines(2)).singleElement().asString().contains("{\"x\":1}");
            assertThat(child.process().waitFor()).isZero();
        }
    }

    @Test
    void a_rejects_file_on_a_full_disk_ends_the_import_with_what_was_imported() throws IOException {
        Path full = Path.of("/dev/full");
        List<String> rejects = Files.exists(full) ? List.of(full.toString()) : List.of();
        for (String file : rejects) {
            CommandRun run = CommandRun.with(
                    new String(line(1), UTF_8) + "oops\n" + new String(line(2), UTF_8),
                    "import",
                    "-q",
                    "--on-error",
                    "skip",
                    "--rejects",
                    file,
                    "--url",
                    url);
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.number());
            assertThat(run.error())
                    .contains("line 2 is bad", "'/dev/full'", "cannot be written", "1 event new", "make room")
                    .hasLineCount(1);
        }
        assertThat(Positions.number(store.head())).isEqualTo(rejects.size());
    }
}
