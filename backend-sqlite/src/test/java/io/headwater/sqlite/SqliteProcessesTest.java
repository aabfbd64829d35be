package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.sqlite.AppendingProcess.Acknowledged;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the TCK does not know of SQLite: its own check of the file, and the creation of its tables. */
class SqliteProcessesTest {
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    private String url() {
        return "sqlite:" + folder.resolve("events.db");
    }

    @Test
    void a_killed_process_loses_nothing_that_was_acknowledged() throws Exception {
        Random random = new Random(20261123);
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            try (AppendingProcess process = AppendingProcess.start(url(), "round" + round, WRITERS, 1_000_000)) {
                int enough = 1 + random.nextInt(3_000);
                process.acknowledged().limit(enough).forEach(acknowledged::add);
                process.kill();
                process.acknowledged().forEach(acknowledged::add);
            }
            try (EventStore store = EventStores.open(url())) {
                LogCheck.of(store).contains(acknowledged);
            }
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    private String integrity() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            return result.getString(1);
        }
    }

    @Test
    void processes_that_open_a_new_file_at_once_agree_on_its_tables() throws Exception {
        List<AppendingProcess> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(AppendingProcess.start(url(), "p" + i, 1, 10));
        }
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (AppendingProcess process : processes) {
            process.acknowledged().forEach(acknowledged::add);
            assertThat(process.exitCode()).isZero();
            process.close();
        }
        try (EventStore store = EventStores.open(url())) {
            LogCheck.of(store).containsOnly(acknowledged);
        }
    }
}
