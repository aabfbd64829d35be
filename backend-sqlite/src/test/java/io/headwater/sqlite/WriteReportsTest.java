package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.sqlite.WriteReports.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteReportsTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    Path folder;

    private Path file;
    private WriteReports reports;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("events.db-wal");
        reports = WriteReports.open(file);
    }

    @AfterEach
    void close() {
        reports.close();
    }

    @Test
    void a_write_is_reported() throws IOException {
        Files.writeString(file, "one");
        assertThat(reports.begin()).isTrue();
        Files.writeString(file, "two");
        assertThat(reports.await(LONG)).isEqualTo(Report.THIS_FILE);
    }

    @Test
    void a_file_that_is_created_is_reported() throws IOException {
        assertThat(reports.begin()).isTrue();
        Files.createFile(file);
        assertThat(reports.await(LONG)).isEqualTo(Report.THIS_FILE);
    }

    @Test
    void a_write_to_another_file_is_told_apart() throws IOException {
        assertThat(reports.begin()).isTrue();
        Files.writeString(folder.resolve("other"), "one");
        assertThat(reports.await(LONG)).isEqualTo(Report.OTHER_FILES);
    }

    @Test
    void a_write_after_the_end_is_not_reported_later() throws IOException {
        assertThat(reports.begin()).isTrue();
        Files.writeString(file, "one");
        assertThat(reports.await(LONG)).isEqualTo(Report.THIS_FILE);
        reports.end();
        Files.writeString(file, "two");
        assertThat(reports.begin()).isTrue();
        assertThat(reports.await(TimeUnit.MILLISECONDS.toNanos(50))).isEqualTo(Report.NONE);
    }

    @Test
    void an_interrupt_ends_the_wait() {
        assertThat(reports.begin()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(reports.await(LONG)).isEqualTo(Report.THIS_FILE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_folder_that_does_not_exist_cannot_be_watched() throws IOException {
        Files.delete(folder);
        assertThat(reports.begin()).isFalse();
        Files.createDirectory(folder);
    }
}
