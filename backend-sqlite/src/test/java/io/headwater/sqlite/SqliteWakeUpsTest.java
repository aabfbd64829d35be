package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wake-up is a hint: it is waited for as long as it takes, and never counted on to be the only one. */
class SqliteWakeUpsTest {
    private final AtomicInteger calls = new AtomicInteger();

    @TempDir
    Path folder;

    private String url() {
        return SqliteFixture.url(folder);
    }

    private static void await(Callable<Boolean> holds) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(holds);
    }

    private static void append(EventStore store) {
        store.append(StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Placed", "{}"));
    }

    private static List<Thread> watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("headwater-sqlite-watch"))
                .toList();
    }

    @Test
    void an_append_of_another_store_of_the_file_is_told() throws Exception {
        try (Backend here = SqliteFixture.backend(url());
                EventStore there = EventStores.open(url());
                AutoCloseable registration = here.onAppend(calls::incrementAndGet)) {
            assertThat(registration).isNotNull();
            append(there);
            await(() -> calls.get() > 0);
        }
    }

    @Test
    void appends_of_another_process_are_told_to_the_last() throws Exception {
        AtomicReference<Position> seen = new AtomicReference<>(Position.START);
        try (Backend here = SqliteFixture.backend(url());
                AutoCloseable registration = here.onAppend(() -> seen.set(here.head()));
                AppendingProcess there = AppendingProcess.start(url(), "there", 1, 50)) {
            assertThat(registration).isNotNull();
            assertThat(there.acknowledged().count()).isEqualTo(100);
            await(() -> seen.get().equals(Positions.of(100)));
        }
    }

    @Test
    void an_own_append_is_told_once() throws Exception {
        try (Backend here = SqliteFixture.backend(url());
                EventStore store = EventStores.over("sqlite", here);
                AutoCloseable registration = here.onAppend(calls::incrementAndGet)) {
            assertThat(registration).isNotNull();
            for (int i = 0; i < 100; i++) {
                append(store);
            }
            await(() -> calls.get() >= 100);
        }
        assertThat(calls).as("when the watch has ended").hasValue(100);
    }

    @Test
    void checkpoints_wake_no_follower() throws Exception {
        try (Backend here = SqliteFixture.backend(url());
                EventStore there = EventStores.open(url());
                AutoCloseable registration = here.onAppend(calls::incrementAndGet)) {
            assertThat(registration).isNotNull();
            save(here.checkpoints(), 20);
            save(there.facet(CheckpointStore.class).orElseThrow(), 40);
            append(there);
            await(() -> calls.get() > 0);
        }
        assertThat(calls).as("when the watch has ended").hasValue(1);
    }

    private static void save(CheckpointStore checkpoints, int upTo) {
        Lease lease = checkpoints
                .acquire("invoices", "holder", Duration.ofMinutes(10))
                .orElseThrow();
        for (int i = 0; i < upTo; i++) {
            checkpoints.save(lease, 0, Positions.of(i));
        }
    }

    @Test
    void the_file_is_watched_only_while_a_follower_is_registered() throws Exception {
        try (Backend here = SqliteFixture.backend(url())) {
            assertThat(watchers()).isEmpty();
            AutoCloseable one = here.onAppend(calls::incrementAndGet);
            AutoCloseable two = here.onAppend(calls::incrementAndGet);
            one.close();
            one.close();
            assertThat(watchers()).hasSize(1);
            two.close();
            await(() -> watchers().isEmpty());
            assertThat(here.onAppend(calls::incrementAndGet)).isNotNull();
            assertThat(watchers()).hasSize(1);
        }
        assertThat(watchers()).isEmpty();
    }

    @Test
    void a_store_can_be_closed_by_the_follower_that_is_woken() throws Exception {
        Backend here = SqliteFixture.backend(url());
        try (EventStore there = EventStores.open(url());
                AutoCloseable registration = here.onAppend(here::close)) {
            assertThat(registration).isNotNull();
            append(there);
            await(() -> watchers().isEmpty());
        }
    }

    @Test
    void a_watch_that_failed_goes_on() throws Exception {
        Path file = folder.resolve("events.db");
        Path away = folder.resolve("away.db");
        try (Backend here = SqliteFixture.backend(url());
                EventStore there = EventStores.open(url())) {
            Files.move(file, away);
            assertThat(here.onAppend(calls::incrementAndGet)).isNotNull();
            await(() -> watchers().get(0).getState() == Thread.State.TIMED_WAITING);
            Files.move(away, file);
            append(there);
            await(() -> calls.get() > 0);
        }
    }

    @Test
    void a_watched_file_can_be_tidied() throws Exception {
        try (Backend here = SqliteFixture.backend(url());
                EventStore there = EventStores.open(url());
                AutoCloseable registration = here.onAppend(calls::incrementAndGet);
                Connection connection = DriverManager.getConnection("jdbc:" + url() + "?busy_timeout=60000");
                Statement statement = connection.createStatement()) {
            assertThat(registration).isNotNull();
            append(there);
            await(() -> calls.get() > 0);
            ResultSet busy = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)");
            assertThat(busy.getInt(1)).isZero();
        }
        assertThat(folder.resolve("events.db-wal")).doesNotExist();
    }
}
