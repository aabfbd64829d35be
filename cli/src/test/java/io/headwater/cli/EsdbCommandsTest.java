package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.esdb.EsdbFixture;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a server of EventStoreDB, through the command. */
class EsdbCommandsTest {
    private static final int EVENTS = 3_000;
    private static final Pattern DATA = Pattern.compile("\"data\":(\\d+)");

    @TempDir
    Path folder;

    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final String url = EsdbFixture.url(server);

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url");
        all.add(url);
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.error()).isZero();
    }

    @Test
    void events_are_appended_read_followed_exported_and_imported() throws IOException {
        assertDone(run("append", "order-1", "Placed", "{\"total\":30}"));
        assertDone(run("append", "order-1", "Paid", "{}", "--expect", "1"));
        assertThat(run("append", "order-1", "Paid", "{}", "--expect", "1").exitCode())
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(run("read", "order-1").lines()).hasSize(2);
        assertThat(run("tail", "--name", "billing", "--exit-when-live").lines()).hasSize(2);
        assertThat(run("streams").out()).contains("order-1");
        assertThat(run("info", "--json").out()).contains("\"events\":2", "\"backend\":\"esdb\"");
        Path file = folder.resolve("events.ndjson");
        assertDone(run("export", file.toString()));

        try (EsdbServer other = EsdbServer.start(Profile.V23_10)) {
            assertDone(CommandRun.of("import", file.toString(), "--url", EsdbFixture.url(other)));
            assertThat(CommandRun.of("export", "-q", "--url", EsdbFixture.url(other))
                            .out())
                    .isEqualTo(Files.readString(file));
        }
    }

    @Test
    void a_reserved_prefix_is_shown_and_its_ids_are_refused() {
        String reserving = url + "&namespace=headwater";
        assertDone(run("append", "order-1", "Placed", "{}"));
        assertDone(CommandRun.of("append", "order-1", "Paid", "{}", "--url", reserving));
        assertThat(CommandRun.of("info", "--url", reserving).out()).contains("reserved stream ids     headwater:…");
        assertThat(CommandRun.of("info", "--json", "--url", reserving).out())
                .contains("\"reservedPrefix\":\"headwater:\"");
        assertThat(run("info").out()).doesNotContain("reserved");
        assertThat(CommandRun.of("append", "headwater:store", "Placed", "{}", "--url", reserving)
                        .error())
                .contains("stream id 'headwater:store' begins with 'headwater:', which this store reserves");
    }

    @Test
    void a_tail_that_is_killed_goes_on_where_it_was() throws Exception {
        Path file = folder.resolve("events.ndjson");
        Files.write(
                file,
                IntStream.range(0, EVENTS)
                        .mapToObj(number ->
                                "{\"stream\":\"a-%s\",\"type\":\"Counted\",\"data\":%s}".formatted(number % 7, number))
                        .toList());
        assertDone(run("import", "-q", file.toString()));
        List<Integer> first;
        try (Child killed = tail()) {
            first = numbers(killed.lines(EVENTS / 2));
            killed.kill();
            first = new ArrayList<>(first);
            first.addAll(numbers(killed.lines(EVENTS)));
            killed.process().waitFor();
        }
        try (Child next = tail("--exit-when-live")) {
            List<Integer> second = numbers(next.lines(EVENTS));
            assertThat(next.process().waitFor()).as(next.said()).isZero();
            assertThat(first).isEqualTo(IntStream.range(0, first.size()).boxed().toList());
            int from = second.get(0);
            assertThat(from).isBetween(0, first.size());
            assertThat(second).isEqualTo(IntStream.range(from, EVENTS).boxed().toList());
        }
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
}
