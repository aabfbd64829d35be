package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tails in separate processes that are ended while they run: they block on a pipe that is not read. */
class InterruptedTailTest {
    private static final int EVENTS = 12_000;
    private static final int STOPS = 3;
    private static final long SEED = 11;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern DATA = Pattern.compile("\"data\":(\\d+)");

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

    private void append(int from, int to) {
        EventData[] events = IntStream.range(from, to)
                .mapToObj(number -> EventData.json("Counted", Integer.toString(number)))
                .toArray(EventData[]::new);
        store.append(StreamId.of("a", "1"), ExpectedVersion.any(), events);
    }

    private Child tail(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("tail", "--name", "t", "--json", "--url", url));
        args.addAll(List.of(more));
        return Child.start(folder.resolve("messages"), args.toArray(String[]::new));
    }

    private static List<Integer> numbers(List<String> lines) {
        return lines.stream()
                .map(line -> DATA.matcher(line).results().findFirst().orElseThrow(() -> new AssertionError(line)))
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** The output of each run, all of which but the last were ended in this way. */
    private List<List<Integer>> runs(Consumer<Child> end, int exitCode) throws Exception {
        Random random = new Random(SEED);
        append(0, EVENTS / 2);
        append(EVENTS / 2, EVENTS);
        List<List<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < STOPS; i++) {
            try (Child child = tail()) {
                List<String> lines = new ArrayList<>(child.lines(1 + random.nextInt(2000)));
                end.accept(child);
                lines.addAll(child.lines(EVENTS));
                assertThat(child.process().waitFor()).as(child.said()).isEqualTo(exitCode);
                runs.add(numbers(lines));
            }
        }
        try (Child last = tail("--exit-when-live")) {
            runs.add(numbers(last.lines(EVENTS)));
            assertThat(last.process().waitFor()).as(last.said()).isZero();
        }
        assertThat(runs.get(STOPS)).as("the last run has events left").isNotEmpty();
        return runs;
    }

    @Test
    void one_that_is_told_to_end_prints_every_event_once() throws Exception {
        List<Integer> printed = runs(Child::stop, ExitCode.TERMINATED.number()).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(printed).isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
    }

    @Test
    void one_that_is_killed_loses_nothing_and_keeps_the_order() throws Exception {
        int next = 0;
        for (List<Integer> run : runs(Child::kill, 137)) {
            int first = run.get(0);
            assertThat(first).as("seed " + SEED).isBetween(0, next);
            assertThat(run)
                    .isEqualTo(
                            IntStream.range(first, first + run.size()).boxed().toList());
            next = Math.max(next, first + run.size());
        }
        assertThat(next).isEqualTo(EVENTS);
    }

    @Test
    void of_two_one_prints_and_the_other_takes_over() throws Exception {
        append(0, 3);
        try (Child first = tail()) {
            assertThat(numbers(first.lines(3))).containsExactly(0, 1, 2);
            try (Child second = tail()) {
                await().atMost(DEADLINE).until(() -> second.said().contains("standing by"));
                append(3, 5);
                assertThat(numbers(first.lines(2))).containsExactly(3, 4);
                first.stop();
                assertThat(first.process().waitFor()).isEqualTo(ExitCode.TERMINATED.number());
                await().atMost(DEADLINE).until(() -> second.said().contains("'t' is run by this process now"));
                append(5, 6);
                assertThat(numbers(second.lines(1))).containsExactly(5);
            }
        }
    }

    @Test
    void what_a_reader_that_went_away_did_not_get_is_printed_next_time() throws Exception {
        append(0, EVENTS / 2);
        try (Child child = tail()) {
            assertThat(child.lines(10)).hasSize(10);
            child.process().getInputStream().close();
            assertThat(child.process().waitFor()).as(child.said()).isEqualTo(ExitCode.OUTPUT_CLOSED.number());
            assertThat(child.said()).as("a closed pipe is not an error").doesNotContain("WARN", "rror", "Exception");
        }
        try (Child next = tail("--exit-when-live")) {
            List<Integer> rest = numbers(next.lines(EVENTS));
            assertThat(rest.get(0))
                    .as("no more than the pipe and its reader hold")
                    .isBetween(0, 1000);
            assertThat(rest.get(rest.size() - 1)).isEqualTo(EVENTS / 2 - 1);
        }
    }

    @Test
    void a_reader_that_stands_still_does_not_hold_up_the_end() throws Exception {
        append(0, EVENTS / 2);
        try (Child child = tail()) {
            child.lines(1);
            child.stop();
            assertThat(child.process().waitFor()).isEqualTo(ExitCode.UNAVAILABLE.number());
            child.process().getInputStream().close();
        }
        assertThat(store.subscriptions().find("t").orElseThrow().holder()).isEmpty();
    }
}
