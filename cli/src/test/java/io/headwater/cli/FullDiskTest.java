package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk, simulated by a limit on the size of files, or by a device that accepts no bytes. */
class FullDiskTest {
    private static final int EVENTS = 3000;

    @TempDir
    Path folder;

    private Launcher launcher;

    @BeforeEach
    void create() throws IOException {
        launcher = Launcher.in(folder);
        List<String> lines = IntStream.range(0, EVENTS)
                .mapToObj(number ->
                        "{\"stream\":\"a-%s\",\"type\":\"T\",\"data\":\"%s\"}".formatted(number % 50, "x".repeat(300)))
                .toList();
        Files.write(launcher.work().resolve("lines"), lines);
        Files.write(
                launcher.work().resolve("bad"),
                lines.stream().map(line -> line.replace("\"type\"", "\"typ\"")).toList());
    }

    private Launcher.Result limited(int blocks, String command) throws Exception {
        return launcher.run("ulimit -f " + blocks + "; headwater " + command);
    }

    private static void assertSaysWhatToDo(Launcher.Result result) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(result.output())
                .startsWith("headwater: ")
                .hasLineCount(1)
                .contains("cannot be written")
                .doesNotContainIgnoringCase("exception", "jdbc", "java", "unexpected", "VFS", "SQLite failed");
    }

    private void fill() {
        CommandRun run =
                CommandRun.of("import", launcher.work().resolve("lines").toString(), "-q", "--url", launcher.url());
        assertThat(run.exitCode()).as(run.error()).isZero();
    }

    private void assertStored(int events) {
        try (EventStore store = EventStores.open(launcher.url())) {
            assertThat(store.log(LogQuery.all())).hasSize(events);
        }
    }

    /**
     * In blocks of 512 or 1024 bytes, depending on the shell: too small for the tables, for the write-ahead log, for
     * the events.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 8, 64, 200, 1000})
    void an_import_stops_and_goes_on_when_there_is_room(int blocks) throws Exception {
        assertSaysWhatToDo(limited(blocks, "import lines -q"));
        fill();
        assertStored(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void a_store_that_is_there_is_left_as_it_is(int blocks) throws Exception {
        fill();
        for (String command : new String[] {"append a-1 T", "scavenge", "info"}) {
            assertSaysWhatToDo(limited(blocks, command));
        }
        assertStored(EVENTS);
    }

    @Test
    void outputs_name_what_could_not_be_written() throws Exception {
        fill();
        Launcher.Result export = limited(200, "export copy.ndjson -q");
        assertSaysWhatToDo(export);
        assertThat(export.output()).contains("'copy.ndjson' cannot be written");
        assertSaysWhatToDo(limited(200, "backup copy.db -q"));
        Launcher.Result log = limited(200, "log --all --json >log");
        assertSaysWhatToDo(log);
        assertThat(log.output()).contains("standard output cannot be written");
        try (Stream<Path> left = Files.list(launcher.work())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("no incomplete file is left")
                    .noneMatch(name -> name.contains("copy"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 200})
    void rejects_that_cannot_be_kept_end_the_import(int blocks) throws Exception {
        Launcher.Result result = limited(blocks, "import bad -q --on-error skip --rejects rejects --url memory:");
        assertSaysWhatToDo(result);
        assertThat(result.output()).contains("rejects file 'rejects' cannot be written", "make room");
    }

    @Test
    void a_device_that_takes_nothing_is_a_full_disk() throws Exception {
        fill();
        if (!Files.exists(Path.of("/dev/full"))) {
            return;
        }
        for (String command : new String[] {"log >/dev/full", "export /dev/full -q", "--help >/dev/full"}) {
            assertSaysWhatToDo(launcher.run("headwater " + command));
        }
    }
}
