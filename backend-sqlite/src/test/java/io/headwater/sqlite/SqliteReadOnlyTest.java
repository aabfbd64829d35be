package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StoreMissing;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.sqlite.AppendingProcess.Acknowledged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are opened read-only: no file is created or changed, whatever state they are in (L4, L5). */
class SqliteReadOnlyTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void name_the_file() {
        url = SqliteFixture.url(folder);
    }

    private Path file() {
        return folder.resolve("events.db");
    }

    private static void append(EventStore store, int events) {
        for (int i = 0; i < events; i++) {
            store.append(STREAM, ExpectedVersion.any(), EventData.json("Placed", "{}"));
        }
    }

    private void write(int events) {
        try (EventStore store = EventStores.open(url)) {
            append(store, events);
        }
    }

    /** The files of the folder, with what would differ if one was written to. */
    private Map<String, Object> files() throws IOException {
        Map<String, Object> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                BasicFileAttributes file = Files.readAttributes(each, BasicFileAttributes.class);
                found.put(each.getFileName().toString(), List.of(file.size(), file.lastModifiedTime(), file.fileKey()));
            }
        }
        return found;
    }

    private static List<Long> versions(EventStore store) {
        return store.log(LogQuery.all()).map(RecordedEvent::version).toList();
    }

    @Test
    void reading_a_file_that_is_not_open_leaves_the_folder_as_it_is() throws Exception {
        write(3);
        Map<String, Object> before = files();
        assertThat(before).containsOnlyKeys("events.db");
        try (EventStore store = EventStores.openReadOnly(url)) {
            assertThat(versions(store)).containsExactly(1L, 2L, 3L);
            assertThat(store.readStream(STREAM).version()).isEqualTo(3);
            assertThat(store.subscriptions().list()).isEmpty();
            follow(store, 3);
            assertThat(files()).isEqualTo(before);
        }
        assertThat(files()).isEqualTo(before);
    }

    private static void follow(EventStore store, int events) throws InterruptedException {
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        SubscriptionOptions all = SubscriptionOptions.ephemeral().fromBeginning();
        try (Subscription subscription = store.subscribe(all, event -> handled.add(event.version()))) {
            for (long version = 1; version <= events; version++) {
                assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(version);
            }
            assertThat(subscription.awaitLive(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void appends_that_others_make_later_are_read_and_followed() throws Exception {
        write(2);
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        try (EventStore readOnly = EventStores.openReadOnly(url)) {
            readOnly.subscribe(SubscriptionOptions.ephemeral().fromBeginning(), event -> handled.add(event.version()));
            assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
            try (EventStore store = EventStores.open(url)) {
                append(store, 2);
                assertThat(versions(readOnly)).containsExactly(1L, 2L, 3L, 4L);
            }
            assertThat(versions(readOnly)).containsExactly(1L, 2L, 3L, 4L);
            write(1);
            assertThat(readOnly.version(STREAM)).isEqualTo(5);
            for (long version = 2; version <= 5; version++) {
                assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(version);
            }
        }
        write(1);
        assertThat(SqliteFixture.integrity(folder)).isEqualTo("ok");
    }

    /** A read during which the file was opened, written to and closed by others is made again. */
    @Test
    void every_read_sees_what_was_there_at_one_moment_while_others_open_append_and_close() throws Exception {
        write(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 40; i++) {
                write(3);
            }
        });
        writer.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        writer.start();
        try (EventStore store = EventStores.openReadOnly(url)) {
            long seen = 0;
            while (writer.isAlive()) {
                List<Long> versions = versions(store);
                assertThat(versions)
                        .isEqualTo(Stream.iterate(1L, v -> v + 1)
                                .limit(versions.size())
                                .toList());
                assertThat((long) versions.size()).isGreaterThanOrEqualTo(seen);
                seen = versions.size();
            }
            assertThat(failure.get()).isNull();
            assertThat(store.version(STREAM)).isEqualTo(121);
        }
    }

    @Test
    void what_a_killed_process_left_in_the_log_is_read_and_nothing_is_removed() throws Exception {
        List<Acknowledged> acknowledged;
        try (AppendingProcess process = AppendingProcess.start(url, "killed", 1, 1_000_000)) {
            acknowledged = process.acknowledged().limit(50).toList();
            process.kill();
            process.exitCode();
        }
        Map<String, Object> before = files();
        assertThat(before).containsOnlyKeys("events.db", "events.db-shm", "events.db-wal");
        try (EventStore store = EventStores.openReadOnly(url)) {
            LogCheck.of(store).contains(acknowledged);
        }
        Map<String, Object> after = files();
        assertThat(after.get("events.db")).isEqualTo(before.get("events.db"));
        assertThat(after.get("events.db-wal")).isEqualTo(before.get("events.db-wal"));
        assertThat(after).containsOnlyKeys("events.db", "events.db-shm", "events.db-wal");
    }

    @Test
    void a_log_without_its_shared_memory_is_refused_with_what_to_do() throws Exception {
        try (AppendingProcess process = AppendingProcess.start(url, "killed", 1, 1_000_000)) {
            assertThat(process.acknowledged().limit(10).count()).isEqualTo(10);
            process.kill();
            process.exitCode();
        }
        Files.delete(folder.resolve("events.db-shm"));
        Map<String, Object> before = files();
        assertThatThrownBy(() -> EventStores.openReadOnly(url))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(
                        "events.db-shm' is missing; copy the three files together, or open the store once");
        assertThat(files()).isEqualTo(before);
        EventStores.open(url).close();
        EventStores.openReadOnly(url).close();
    }

    @Test
    void a_file_that_is_not_there_is_missing_and_not_created() throws Exception {
        assertThatThrownBy(() -> EventStores.open(url + "?access=read&schema=create"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("events.db' does not exist, and opening it read-only creates none");
        assertThatThrownBy(() -> EventStores.openReadOnly("sqlite:" + folder.resolve("none/events.db")))
                .isInstanceOf(StoreMissing.class);
        assertThatThrownBy(() -> EventStores.openReadOnly("sqlite:" + folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is a folder");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_holds_no_store_is_refused_and_left_as_it_is() throws Exception {
        Files.createFile(file());
        refused(StoreMissing.class, "has no tables");
        Files.writeString(file(), "no database".repeat(100));
        refused(IncompatibleStore.class, "is not an SQLite database");
        Files.delete(file());
        run("CREATE TABLE other (a)");
        refused(IncompatibleStore.class, "but not an event store");
    }

    @Test
    void a_file_of_another_format_is_refused_and_left_as_it_is() throws Exception {
        write(1);
        run("PRAGMA user_version = 99");
        refused(IncompatibleStore.class, "has the format 99");
    }

    @Test
    void a_file_of_an_earlier_format_is_read_and_stays_of_that_format() throws Exception {
        url = "sqlite:" + OldStore.in(folder);
        Map<String, Object> before = files();
        try (EventStore store = EventStores.open(url + "?access=read&schema=create")) {
            assertThat(store.storeId()).isEqualTo(OldStore.ID);
            assertThat(store.log(LogQuery.all())).isNotEmpty();
            assertThat(store.subscriptions().list()).isNotEmpty();
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            assertThat(checkpoints.holder("held"))
                    .hasValueSatisfying(holder -> assertThat(holder.term()).isEqualTo(Duration.ofDays(366)));
            assertThat(checkpoints.holders()).hasSize(1);
        }
        assertThat(files()).isEqualTo(before).containsOnlyKeys("old.db");
        assertThat(OldStore.format(folder.resolve("old.db"))).isEqualTo(1);
    }

    private void refused(Class<?> type, String message) throws IOException {
        Map<String, Object> before = files();
        assertThatThrownBy(() -> EventStores.openReadOnly(url))
                .isInstanceOf(type)
                .hasMessageContaining(message);
        assertThat(files()).isEqualTo(before);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_file_that_was_replaced_is_not_read_as_if_it_were_the_same() throws Exception {
        write(2);
        try (EventStore store = EventStores.openReadOnly(url)) {
            assertThat(store.version(STREAM)).isEqualTo(2);
            Files.move(file(), folder.resolve("old.db"));
            assertThatThrownBy(() -> store.version(STREAM)).isInstanceOf(StoreUnavailable.class);
            write(1);
            assertThatThrownBy(() -> store.version(STREAM))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("was replaced while the store was open");
        }
    }

    @Test
    void any_file_name_can_be_read() throws Exception {
        String odd = "sqlite:" + folder.resolve("50%25 off & more #1.db");
        try (EventStore store = EventStores.open(odd)) {
            append(store, 2);
        }
        try (EventStore store = EventStores.openReadOnly(odd)) {
            assertThat(versions(store)).containsExactly(1L, 2L);
        }
        assertThat(files()).containsOnlyKeys("50% off & more #1.db");
    }
}
