package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Payload;
import io.headwater.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code backup}, on a store that a process has open. */
class BackupTest {
    @TempDir
    Path folder;

    private TestStores stores;
    private Path copy;

    @BeforeEach
    void open() {
        stores = TestStores.open("sqlite", folder);
        copy = folder.resolve("copy.db");
        append();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void append() {
        stores.store().append(StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Placed", "{}"));
    }

    private CommandRun backup(String... more) {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"backup", copy.toString(), "--url", stores.url()}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return CommandRun.of(args);
    }

    @Test
    void a_copy_can_be_opened_and_a_run_says_what_is_in_it() {
        CommandRun run = backup();
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.out())
                .startsWith("copied 1 event (")
                .contains(" bytes) to " + copy, "its head is 0000000000000001");
        assertThat(run.error()).contains("backup: the copy is written; checking it");
        assertThat(CommandRun.of("read", "order-1", "--url", "sqlite:" + copy).lines())
                .hasSize(1);
        append();
        assertThat(stores.store().version(StreamId.of("order-1"))).isEqualTo(2);
    }

    @Test
    void scripts_get_one_object() {
        CommandRun run = backup("--json", "--quiet");
        assertThat(run.error()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        "{\"file\":\"%s\",\"storeId\":\"%s\",\"head\":\"0000000000000001\",\"events\":1,\"bytes\":%d}%n"
                                .formatted(
                                        copy,
                                        stores.store().storeId(),
                                        copy.toFile().length()));
    }

    @Test
    void a_file_that_exists_is_replaced_only_when_told_so() throws Exception {
        Files.writeString(copy, "mine");
        CommandRun refused = backup();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.error()).contains("'" + copy + "' exists", "--overwrite");
        assertThat(copy).hasContent("mine");
        assertThat(backup("--overwrite").exitCode()).isZero();
        assertThat(copy.toFile().length()).isGreaterThan(4096);
    }

    @Test
    void a_store_that_is_not_kept_in_a_file_says_what_to_do() {
        CommandRun run = CommandRun.of("backup", copy.toString(), "--url", "memory:");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.error()).contains("'memory' cannot be copied as a file", "export its events");
        assertThat(copy).doesNotExist();
    }

    /** A copy may be complete before the signal comes; then there is another one. */
    @Test
    void a_signal_leaves_no_part_of_the_copy_behind() throws Exception {
        for (int i = 0; i < 32; i++) {
            byte[] megabyte = new byte[1 << 20];
            stores.store()
                    .append(
                            StreamId.of("large-1"),
                            ExpectedVersion.any(),
                            EventData.of("Large", Payload.binary(megabyte)));
        }
        int code = 0;
        for (int tries = 0; tries < 20 && code == 0; tries++) {
            Files.deleteIfExists(copy);
            code = stoppedWhileItCopies();
            assertThat(folder.toFile().list()).noneMatch(name -> name.contains(".tmp"));
        }
        assertThat(code).isEqualTo(ExitCode.TERMINATED.number());
        assertThat(copy).doesNotExist();
        append();
    }

    private int stoppedWhileItCopies() throws Exception {
        Path messages = folder.resolve("messages");
        try (Child child = Child.start(messages, "backup", copy.toString(), "--url", stores.url(), "--overwrite")) {
            while (child.process().isAlive() && hiddenFiles().isEmpty()) {
                Thread.onSpinWait();
            }
            child.stop();
            return child.process().waitFor();
        }
    }

    private List<Path> hiddenFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".copy"))
                    .toList();
        }
    }
}
