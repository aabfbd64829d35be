package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.FileBackup;
import io.headwater.FileBackup.Copy;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StoreClosed;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Positions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a store that is in use. */
class SqliteBackupTest {
    private static final StreamId ORDER = StreamId.of("order", "1");
    private static final int EVENTS = 100;

    @TempDir
    Path folder;

    private EventStore store;
    private FileBackup backup;
    private Path copy;

    @BeforeEach
    void open() {
        store = EventStores.open(SqliteFixture.url(folder));
        backup = store.facet(FileBackup.class).orElseThrow();
        copy = folder.resolve("copy.db");
        for (int i = 0; i < EVENTS; i++) {
            append(40_000);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int bytes) {
        store.append(ORDER, ExpectedVersion.any(), EventData.binary("Placed", new byte[bytes]));
    }

    private void assertOnlyTheStore(String... others) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("events.db")))
                    .containsExactlyInAnyOrder(others);
        }
    }

    @Test
    void a_copy_is_a_store_with_the_same_id_positions_and_checkpoints() throws IOException {
        store.facet(CheckpointStore.class).orElseThrow().reset("billing", Positions.of(7));
        Copy made = backup.backup(copy);
        assertThat(made).isEqualTo(new Copy(store.storeId(), store.head(), EVENTS, Files.size(copy)));
        assertOnlyTheStore("copy.db");
        append(1);
        try (EventStore opened = EventStores.open("sqlite:" + copy)) {
            assertThat(opened.storeId()).isEqualTo(store.storeId());
            assertThat(opened.log(LogQuery.all()).map(RecordedEvent::position).toList())
                    .isEqualTo(store.log(LogQuery.all())
                            .limit(EVENTS)
                            .map(RecordedEvent::position)
                            .toList());
            assertThat(opened.facet(CheckpointStore.class).orElseThrow().load("billing"))
                    .hasSize(1);
        }
        assertThat(store.version(ORDER)).isEqualTo(EVENTS + 1);
    }

    @Test
    void others_append_while_the_copy_is_made() {
        List<Long> done = new ArrayList<>();
        Copy made = backup.backup(copy, false, (written, total) -> {
            assertThat(written).isBetween(0L, total);
            append(1);
            done.add(written);
        });
        assertThat(done).hasSizeGreaterThan(1).isSorted().endsWith(made.bytes());
        assertThat(made.events()).isEqualTo(EVENTS);
        assertThat(store.version(ORDER)).isEqualTo(EVENTS + done.size());
    }

    @Test
    void a_file_is_replaced_only_when_told_so() throws IOException {
        Files.writeString(copy, "mine");
        assertThatThrownBy(() -> backup.backup(copy))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'" + copy + "' exists");
        assertThat(copy).hasContent("mine");
        assertThat(backup.backup(copy, true, (done, total) -> {}).bytes()).isEqualTo(Files.size(copy));
    }

    @Test
    void a_file_that_appears_meanwhile_is_left_as_it_is() throws IOException {
        assertThatThrownBy(() -> backup.backup(copy, false, (done, total) -> write(copy)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("was created in the meantime");
        assertThat(copy).hasContent("mine");
        assertOnlyTheStore("copy.db");
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "mine");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neither_the_store_nor_a_database_in_use_is_replaced() throws IOException {
        assertThatThrownBy(() -> backup.backup(folder.resolve("events.db"), true, (done, total) -> {}))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("is the store itself");
        try (EventStore other = EventStores.open("sqlite:" + copy)) {
            assertThatThrownBy(() -> backup.backup(copy, true, (done, total) -> {}))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("a database in use");
            assertThat(other.head()).isEqualTo(Position.START);
        }
        assertThatThrownBy(() -> backup.backup(folder.resolve("none/copy.db")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> backup.backup(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void one_that_fails_on_the_way_leaves_nothing() throws IOException {
        assertThatThrownBy(() -> backup.backup(copy, false, (done, total) -> {
                    throw new IllegalStateException("enough");
                }))
                .hasRootCauseMessage("enough");
        assertOnlyTheStore();
    }

    @Test
    void an_interrupt_ends_it() throws IOException {
        assertThatThrownBy(() -> backup.backup(
                        copy, false, (done, total) -> Thread.currentThread().interrupt()))
                .isInstanceOf(OperationInterrupted.class);
        assertThat(Thread.interrupted()).isTrue();
        assertOnlyTheStore();
    }

    @Test
    void closing_the_store_ends_it() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closing = new Thread(() -> {
            store.close();
            closed.complete(null);
        });
        assertThatThrownBy(() -> backup.backup(copy, false, (done, total) -> {
                    if (closing.getState() == Thread.State.NEW) {
                        closing.start();
                    }
                    while (closing.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }))
                .isInstanceOf(StoreClosed.class);
        closed.get();
        assertOnlyTheStore();
    }

    @Test
    void a_damaged_store_is_not_passed_on() throws Exception {
        store.close();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("events.db").toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[4096 * 3]);
        }
        try (EventStore damaged = EventStores.open(SqliteFixture.url(folder))) {
            FileBackup tried = damaged.facet(FileBackup.class).orElseThrow();
            assertThatThrownBy(() -> tried.backup(copy))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("damaged");
        }
        assertOnlyTheStore();
    }
}
