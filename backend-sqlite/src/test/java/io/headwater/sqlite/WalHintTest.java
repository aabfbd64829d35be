package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalHintTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T12:00:00.5Z"));

    @TempDir
    Path folder;

    private Path log;
    private WalHint hint;

    @BeforeEach
    void writeLongAgo() throws IOException {
        log = folder.resolve("events.db-wal");
        write("one", LONG_AGO);
        hint = new WalHint(log);
    }

    private void write(String text, FileTime time) throws IOException {
        Files.writeString(log, text);
        Files.setLastModifiedTime(log, time);
    }

    @Test
    void the_first_check_shows_a_change_and_the_next_one_none() {
        assertThat(hint.mayHaveChanged()).isTrue();
        assertThat(hint.mayHaveChanged()).isFalse();
    }

    @Test
    void a_write_is_shown_by_its_time() throws IOException {
        hint.mayHaveChanged();
        write("two", FileTime.from(LONG_AGO.toInstant().plusMillis(4)));
        assertThat(hint.mayHaveChanged()).isTrue();
        assertThat(hint.mayHaveChanged()).isFalse();
    }

    /** Another write may follow within the step in which the file system counts time, which is a second here. */
    @Test
    void a_file_that_was_just_written_may_have_changed_again() throws IOException {
        FileTime now =
                FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2));
        write("two", now);
        hint.mayHaveChanged();
        Files.setLastModifiedTime(log, now);
        assertThat(hint.mayHaveChanged()).isTrue();
    }

    @Test
    void a_file_that_is_missing_may_have_changed() throws IOException {
        Files.delete(log);
        assertThat(hint.mayHaveChanged()).isTrue();
        assertThat(hint.mayHaveChanged()).isTrue();
    }

    @Test
    void a_time_that_did_not_show_a_write_is_not_relied_on_again() throws IOException {
        hint.mayHaveChanged();
        write("two", LONG_AGO);
        assertThat(hint.mayHaveChanged()).isFalse();
        hint.missed();
        assertThat(hint.mayHaveChanged()).isTrue();
        assertThat(hint.mayHaveChanged()).isTrue();
    }

    @Test
    void a_write_after_the_check_was_not_hidden() throws IOException {
        hint.mayHaveChanged();
        assertThat(hint.mayHaveChanged()).isFalse();
        write("two", FileTime.from(LONG_AGO.toInstant().plusMillis(4)));
        hint.missed();
        assertThat(hint.mayHaveChanged()).isFalse();
    }
}
