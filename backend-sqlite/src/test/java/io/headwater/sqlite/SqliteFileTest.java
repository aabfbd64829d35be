package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StoreMissing;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFileTest {
    private static final StreamId ORDER = StreamId.of("order", "1");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("events.db");
    }

    private static EventStore open(Path file) {
        return EventStores.open("sqlite:" + file);
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void events_are_there_after_closing_and_opening_again() {
        try (EventStore store = open(file())) {
            store.append(ORDER, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
        }
        try (EventStore store = open(file())) {
            assertThat(store.readStream(ORDER).version()).isEqualTo(1);
        }
    }

    @Test
    void a_store_has_an_id_that_its_copies_keep_and_no_other_store_has() throws IOException {
        String id;
        try (EventStore store = open(file())) {
            store.append(ORDER, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
            store.facet(StreamAdmin.class).orElseThrow().truncateBefore(ORDER, 2);
            store.facet(Scavenger.class).orElseThrow().scavenge();
            id = store.storeId();
        }
        Files.copy(file(), folder.resolve("copy.db"));
        try (EventStore again = open(file());
                EventStore copy = open(folder.resolve("copy.db"));
                EventStore other = open(folder.resolve("other.db"))) {
            assertThat(List.of(again.storeId(), copy.storeId())).containsOnly(id);
            assertThat(other.storeId()).isNotEqualTo(id);
        }
    }

    @Test
    void closing_the_last_store_leaves_one_file() throws IOException {
        try (EventStore store = open(file())) {
            store.append(ORDER, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        String text = "not a database at all\n".repeat(100);
        Files.writeString(file(), text);

        assertThatThrownBy(() -> open(file()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("'" + file() + "' is not an SQLite database");
        assertThat(file()).hasContent(text);
    }

    @Test
    void the_database_of_another_program_is_refused_and_left_alone() throws Exception {
        sql("CREATE TABLE customers (name TEXT)");
        byte[] before = Files.readAllBytes(file());

        assertThatThrownBy(() -> open(file()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("not an event store");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void a_newer_format_is_refused_with_both_formats_named() throws Exception {
        open(file()).close();
        sql("PRAGMA user_version = 99");

        assertThatThrownBy(() -> open(file()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("formats up to 3");
    }

    private static void assertIs(Path path, String kind) {
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + path + "' is " + kind);
    }

    @Test
    void what_is_no_file_is_refused_by_its_kind_without_being_opened() throws Exception {
        assertIs(folder, "a folder");
        assertIs(Path.of("/dev/null"), "a character device");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertIs(pipe, "a named pipe");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertIs(socket, "a socket");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 511})
    void a_file_that_is_too_small_for_a_database_is_refused_by_its_size(int size) throws IOException {
        byte[] magic = Arrays.copyOf("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), size);
        Files.write(file(), magic);

        assertThatThrownBy(() -> open(file()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("'%s' has %s bytes and is not an SQLite database", file(), size);
        assertThat(file()).hasBinaryContent(magic);
    }

    @Test
    void a_missing_folder_is_named() {
        assertThatThrownBy(() -> open(folder.resolve("none/events.db")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("none' does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:", "sqlite::memory:", "sqlite://host/events.db", "sqlite:a%3Fb.db"})
    void urls_that_name_no_usable_file_are_refused(String url) {
        assertThatThrownBy(() -> EventStores.open(url)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void validation_creates_nothing() throws Exception {
        assertThatThrownBy(() -> EventStores.open("sqlite:" + file() + "?schema=validate"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("does not exist");
        assertThat(file()).doesNotExist();

        Files.createFile(file());
        assertThatThrownBy(() -> EventStores.open("sqlite:" + file() + "?schema=validate"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("has no tables");
        assertThat(file()).isEmptyFile();
    }

    @Test
    void odd_but_legal_file_names_work() {
        Path odd = folder.resolve("a b#c&d'e;f—ü.db");
        try (EventStore store = EventStores.open("sqlite:" + odd)) {
            store.append(ORDER, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
        }
        assertThat(odd).exists();
    }

    @Test
    void pages_of_large_events_end_early_and_lose_nothing() {
        try (EventStore store = open(file())) {
            for (int i = 0; i < 8; i++) {
                store.append(ORDER, ExpectedVersion.exactly(i), EventData.binary("Large", new byte[1 << 20]));
            }
            LogPage first = store.readLog(LogQuery.all());
            assertThat(first.events()).hasSize(4);
            assertThat(first.more()).isTrue();
            assertThat(store.log(LogQuery.all()).map(RecordedEvent::version))
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(store.log(LogQuery.all().backwards()).count()).isEqualTo(8);
            assertThat(store.readStream(ORDER).events()).hasSize(8);
        }
    }

    @Test
    void a_lock_held_for_too_long_is_said_and_nothing_is_written() throws Exception {
        try (EventStore store = EventStores.open("sqlite:" + file() + "?busyTimeout=100ms");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            EventData event = EventData.json("Placed", "{}");
            assertThatThrownBy(() -> store.append(ORDER, ExpectedVersion.noStream(), event))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("busyTimeout");
            statement.execute("ROLLBACK");

            assertThat(store.append(ORDER, ExpectedVersion.noStream(), event).replayed())
                    .isFalse();
        }
    }
}
