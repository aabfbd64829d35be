package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only read need no right to write, and change no file (L4, L5). */
class ReadOnlyTest {
    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void write() {
        url = "sqlite:" + folder.resolve("events.db");
        try (EventStore store = EventStores.open(url)) {
            store.append(StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Placed", "{\"n\":1}"));
            SubscriptionOptions billing = SubscriptionOptions.durable("billing").audited();
            try (var subscription = store.subscribe(billing, event -> {})) {
                assertThat(subscription.awaitLive(Duration.ofSeconds(30))).isTrue();
            }
        }
    }

    private CommandRun run(String command, String to) {
        String[] words = (command + " --url " + to).split(" ", -1);
        return CommandRun.of(words);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * A database without connections has no other files in its folder; a connection that writes would change its
     * modification time.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "read order-1",
                "log",
                "tail --from-beginning --limit 1",
                "export -",
                "info",
                "streams",
                "categories",
                "subscriptions",
                "subscriptions parked list billing",
                "audit --name billing"
            })
    void what_only_reads_works_with_access_read_and_changes_nothing(String command) throws IOException {
        Object before = Files.getLastModifiedTime(folder.resolve("events.db"));
        for (String to : List.of(url, url + "?access=read")) {
            CommandRun run = run(command, to);
            assertThat(run.exitCode()).as(run.error()).isZero();
            assertThat(run.out() + run.error()).isNotBlank();
        }
        assertThat(files()).containsExactly("events.db");
        assertThat(Files.getLastModifiedTime(folder.resolve("events.db"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "append order-1 Paid {}",
                "tail --name billing --exit-when-live",
                "delete order-1 --yes",
                "tombstone order-1 --yes",
                "truncate order-1 --before 1 --yes",
                "scavenge",
                "subscriptions reset billing --from-beginning --yes",
                "subscriptions forget billing --yes",
                "subscriptions parked replay billing",
                "subscriptions parked drop billing --yes"
            })
    void what_writes_is_refused_with_access_read_and_says_why(String command) {
        CommandRun run = run(command, url + "?access=read");
        assertThat(run.exitCode()).as(run.error()).isEqualTo(2);
        assertThat(run.error())
                .startsWith("headwater: this command writes, and access=read opens sqlite:")
                .contains("access=read read-only: leave that option out");
        CommandRun allowed = run(command, url);
        assertThat(allowed.exitCode()).as(allowed.error()).isZero();
    }

    @Test
    void a_store_that_is_not_there_is_not_made() throws IOException {
        CommandRun run = run("read order-1", "sqlite:" + folder.resolve("other.db"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.error()).contains("there is no store at sqlite:", "other.db: name another with --url");
        assertThat(files()).containsExactly("events.db");
    }

    @Test
    void the_option_is_listed_with_every_backend() {
        assertThat(Arrays.stream(CommandRun.of("backends").out().split("\n", -1))
                        .filter(line -> line.contains("access = write | read   (default write)")))
                .hasSize(5);
        assertThat(CommandRun.of("backends", "--json").lines()).allMatch(line -> line.contains("\"name\":\"access\""));
    }
}
