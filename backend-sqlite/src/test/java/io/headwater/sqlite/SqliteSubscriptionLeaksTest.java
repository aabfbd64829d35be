package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscriptions take they give back (S7). */
class SqliteSubscriptionLeaksTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CYCLES = 1000;
    private static final int READERS = 2;

    /** The readers, the writer, and some of ended connections, which SQLite keeps for the next ones while others hold locks. */
    private static final int MAX_OPEN = 10;

    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @Test
    void many_cycles_of_subscribing_and_closing_leave_no_thread_connection_or_listener_behind() throws Exception {
        EventStore store = EventStores.open(SqliteFixture.url(folder) + "?durability=normal&readers=" + READERS);
        store.append(StreamId.of("a-1"), ExpectedVersion.any(), EventData.json("T", "{}"));
        for (int i = 0; i < CYCLES; i++) {
            try (Subscription subscription = subscribe(store, i)) {
                assertThat(i % 4 == 0 || subscription.awaitLive(PATIENCE)).isTrue();
            }
        }
        store.append(StreamId.of("a-1"), ExpectedVersion.any(), EventData.json("T", "{}"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThat(seen).allMatch(event -> event.version() == 1);
        assertThat(openFiles().stream().filter(file -> file.endsWith("events.db")))
                .as("open files; one that is left behind now and then would be hundreds")
                .hasSizeLessThan(MAX_OPEN);
        store.close();
        assertThat(openFiles()).isEmpty();
    }

    /** Some are closed before they have begun. */
    private Subscription subscribe(EventStore store, int cycle) {
        return switch (cycle % 4) {
            case 0, 1 -> store.subscribe(SubscriptionOptions.durable("d" + cycle % 20), seen::add);
            case 2 -> store.subscribe(SubscriptionOptions.ephemeral().parallelism(2), seen::add);
            default -> store.pull(SubscriptionOptions.ephemeral().fromNow());
        };
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("headwater-sqlite"))
                .toList();
    }

    /** The descriptors of the database's files, as far as the system shows them. */
    private List<Path> openFiles() throws IOException {
        if (!Files.exists(OPEN_FILES)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(OPEN_FILES)) {
            return all.map(SqliteSubscriptionLeaksTest::target)
                    .filter(file -> file.startsWith(folder))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor;
        }
    }
}
