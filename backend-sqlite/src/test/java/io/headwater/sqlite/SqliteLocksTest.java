package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.BackendFailure;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that loses its locks on the file, or the files themselves, acknowledges nothing that may be lost. */
class SqliteLocksTest {
    private static final StreamId ORDER = StreamId.of("order", "1");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("events.db");
    }

    private Path log() {
        return folder.resolve("events.db-wal");
    }

    private EventStore open() {
        return EventStores.open("sqlite:" + file());
    }

    private static AppendRequest request(ExpectedVersion expected) {
        return AppendRequest.to(ORDER, expected, EventData.json("Placed", "{}"));
    }

    private static void append(EventStore store) {
        store.append(request(ExpectedVersion.any()));
    }

    /** What a program does that copies the file, or looks into it. */
    private static void openAndClose(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            assertThat(in.read()).isNotNegative();
        }
    }

    /** Another process that opens the store, appends this often and closes it. Returns what it was acknowledged. */
    private List<AppendingProcess.Acknowledged> anotherProcess(String name, int appends) throws Exception {
        try (AppendingProcess process = AppendingProcess.start("sqlite:" + file(), name, 1, appends)) {
            List<AppendingProcess.Acknowledged> acknowledged =
                    process.acknowledged().toList();
            assertThat(process.exitCode()).isZero();
            return acknowledged;
        }
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static void assertLost(ThrowingCallable call, Path named) {
        assertThatThrownBy(call)
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("'" + named + "'")
                .hasMessageContaining("open them again");
    }

    @Test
    void a_second_store_of_the_process_leaves_the_locks_to_the_first() throws Exception {
        try (EventStore store = open()) {
            append(store);
            Object before = identity(log());
            open().close();
            anotherProcess("other", 0);
            assertThat(identity(log())).isEqualTo(before);
            append(store);
            assertThat(anotherProcess("other", 1).get(0).position()).isEqualTo("0000000000000003");
        }
    }

    @Test
    void facts_tell_whether_locks_are_watched() {
        try (EventStore store = open()) {
            assertThat(store.facet(Diagnostics.class).orElseThrow().describe())
                    .extractingByKey("locks")
                    .asString()
                    .startsWith(Files.exists(Path.of("/proc/self/fdinfo")) ? "watched" : "not watched");
        }
    }

    @Test
    void every_call_fails_once_the_file_was_opened_and_closed_outside_sqlite() throws Exception {
        try (EventStore store = open()) {
            append(store);
            openAndClose(file());
            calls(store).forEach(call -> assertLost(call, file()));
        }
        try (EventStore store = open()) {
            assertThat(store.readStream(ORDER).version()).isEqualTo(1);
            append(store);
        }
    }

    private static List<ThrowingCallable> calls(EventStore store) {
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        List<AppendRequest> requests = List.of(request(ExpectedVersion.any()));
        return List.of(
                () -> append(store),
                () -> store.facet(BulkImport.class).orElseThrow().appendAll(requests),
                () -> store.facet(HeldAppends.class).orElseThrow().hold(requests.get(0)),
                () -> snapshots.save(new Snapshot(ORDER, "total", 1, Payload.json("{}"))),
                () -> admin.delete(ORDER, ExpectedVersion.any()),
                () -> admin.tombstone(ORDER, ExpectedVersion.any()),
                () -> checkpoints.acquire("billing", "me", Duration.ofMinutes(1)),
                () -> checkpoints.reset("billing", Position.START),
                () -> store.readStream(ORDER),
                () -> store.readLog(LogQuery.all()),
                store::head,
                () -> store.facet(StreamCatalog.class).orElseThrow().categories());
    }

    @Test
    void the_shared_memory_counts_as_well() throws Exception {
        try (EventStore store = open()) {
            append(store);
            openAndClose(folder.resolve("events.db-shm"));
            assertLost(() -> append(store), folder.resolve("events.db-shm"));
            assertLost(store::head, folder.resolve("events.db-shm"));
        }
    }

    @Test
    void a_held_append_is_not_committed_without_locks() throws Exception {
        try (EventStore store = open();
                HeldAppend held =
                        store.facet(HeldAppends.class).orElseThrow().hold(request(ExpectedVersion.noStream()))) {
            openAndClose(file());
            assertLost(held::commit, file());
        }
        try (EventStore store = open()) {
            assertThat(store.version(ORDER)).isZero();
        }
    }

    @Test
    void a_store_that_is_opened_without_locks_is_refused_until_all_are_closed() throws Exception {
        try (EventStore store = open()) {
            append(store);
            openAndClose(file());
            assertLost(this::open, file());
        }
        open().close();
    }

    @Test
    void what_another_process_wrote_meanwhile_is_not_overwritten_when_the_store_is_closed() throws Exception {
        List<AppendingProcess.Acknowledged> acknowledged = new ArrayList<>();
        try (EventStore store = open()) {
            append(store);
            openAndClose(file());
            openAndClose(folder.resolve("events.db-shm"));
            acknowledged.addAll(anotherProcess("first", 50));
            assertThat(log()).doesNotExist();
            assertLost(() -> append(store), file());
        }
        acknowledged.addAll(anotherProcess("second", 50));
        try (EventStore store = open()) {
            LogCheck.of(store).contains(acknowledged);
            assertThat(store.log(LogQuery.all()).count()).isEqualTo(1 + 4 * 50);
        }
        assertThat(SqliteFixture.integrity(folder)).isEqualTo("ok");
    }

    @Test
    void a_write_ahead_log_that_another_process_made_is_left_to_it_when_the_store_is_closed() throws Exception {
        List<AppendingProcess.Acknowledged> acknowledged = new ArrayList<>();
        try (EventStore store = open()) {
            append(store);
            Files.delete(log());
            Files.delete(folder.resolve("events.db-shm"));
            acknowledged.addAll(anotherProcess("first", 50));
            assertThat(log()).isNotEmptyFile();
        }
        try (EventStore store = open()) {
            LogCheck.of(store).contains(acknowledged);
        }
        assertThat(SqliteFixture.integrity(folder)).isEqualTo("ok");
    }

    @Test
    void a_write_ahead_log_that_was_deleted_takes_no_appends() throws Exception {
        try (EventStore store = open()) {
            append(store);
            Files.move(log(), folder.resolve("away"));
            assertLost(() -> append(store), log());
            Files.move(folder.resolve("away"), log());
            assertLost(() -> append(store), log());
        }
        try (EventStore store = open()) {
            assertThat(store.version(ORDER)).isEqualTo(1);
        }
    }

    @Test
    void a_file_that_was_deleted_or_replaced_takes_no_more_appends() throws IOException {
        try (EventStore store = open()) {
            append(store);
            Files.move(file(), folder.resolve("moved.db"));
            assertLost(() -> append(store), file());
            assertThat(file()).doesNotExist();

            Files.createFile(file());
            assertLost(() -> append(store), file());
            assertThat(file()).isEmptyFile();
        }
    }
}
