package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedImportTest {
    private static final int EVENTS = 12_000;
    private static final int KILLS = 4;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    private Path database;
    private Path input;
    private EventStore store;

    @BeforeEach
    void open() {
        database = folder.resolve("events.db");
        store = EventStores.open("sqlite:" + database);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write(Random random) throws IOException {
        input = folder.resolve("events.ndjson");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            lines.add("{\"stream\":\"a-%s\",\"type\":\"T\",\"data\":%s}".formatted(random.nextInt(700), i));
        }
        Files.write(input, lines);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeadwaterCommand.class.getName(),
                        "import",
                        input.toString(),
                        "--url",
                        "sqlite:" + database)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("child.log").toFile()))
                .start();
    }

    @Test
    void an_import_killed_at_any_moment_and_run_again_has_every_event_once_in_order() throws Exception {
        Random random = new Random(SEED);
        write(random);
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = start();
            long wanted = (long) EVENTS * kill / (KILLS + 1) + random.nextInt(EVENTS / 20);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> !process.isAlive() || stored() >= wanted);
            process.destroyForcibly().waitFor();
            assertInOrder(stored());
        }
        Process last = start();
        assertThat(last.waitFor())
                .as(Files.readString(folder.resolve("child.log")))
                .isZero();
        assertInOrder(EVENTS);
    }

    @Test
    void two_imports_of_the_same_file_at_once_leave_every_event_once() throws Exception {
        write(new Random(SEED));
        Process one = start();
        Process other = start();
        assertThat(one.waitFor())
                .as(Files.readString(folder.resolve("child.log")))
                .isZero();
        assertThat(other.waitFor())
                .as(Files.readString(folder.resolve("child.log")))
                .isZero();
        assertThat(numbers()).doesNotHaveDuplicates().hasSize(EVENTS);
    }

    private long stored() {
        return Positions.number(store.head());
    }

    private void assertInOrder(long atLeast) {
        List<Integer> numbers = numbers();
        assertThat(numbers).as("seed " + SEED).hasSizeGreaterThanOrEqualTo((int) Math.min(atLeast, EVENTS));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).as("seed " + SEED).isEqualTo(i);
        }
    }

    private List<Integer> numbers() {
        return store.log(LogQuery.all())
                .map(event -> Integer.valueOf(event.data().text()))
                .toList();
    }
}
