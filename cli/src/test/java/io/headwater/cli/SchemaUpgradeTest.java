package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of an older format, which only one command changes, after a confirmation (L3). */
class SchemaUpgradeTest {
    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void write_a_store_of_format_1() throws SQLException {
        url = "sqlite:" + folder.resolve("old.db");
        CommandRun.of("append", "order-1", "Placed", "--url", url);
        sql("DROP TRIGGER stream_hidden");
        sql("DROP TRIGGER stream_begun_hidden");
        sql("DROP TABLE stream_changes");
        sql("ALTER TABLE subscriptions DROP COLUMN term");
        sql("ALTER TABLE subscriptions DROP COLUMN renewals");
        sql("PRAGMA user_version = 1");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private int format() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "read order-1", "streams", "subscriptions", "info"})
    void commands_that_only_read_read_it_as_it_is(String command) throws SQLException {
        assertThat(CommandRun.of((command + " --url " + url).split(" ")).exitCode())
                .isZero();
        assertThat(format()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"append order-1 Placed", "import", "scavenge", "subscriptions forget billing --yes", "tck run"})
    void commands_that_write_refuse_it_and_say_how_to_go_on(String command) throws SQLException {
        CommandRun run = CommandRun.of((command + " --url " + url).split(" "));
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.error())
                .contains("has the format 1, this version needs format 3", "'headwater schema apply'")
                .hasLineCount(1);
        assertThat(format()).isEqualTo(1);
    }

    @Test
    void a_check_tells_what_is_missing_and_what_comes_of_it() throws SQLException {
        CommandRun run = CommandRun.of("schema", "check", "--url", url);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("schema-2.sql\nschema-3.sql\n");
        assertThat(run.error()).contains("from format 1 to format 3", "only format 1 will refuse it");
        assertThat(format()).isEqualTo(1);
    }

    @Test
    void it_is_not_changed_without_a_yes() throws SQLException {
        CommandRun run = CommandRun.of("schema", "apply", "--url", url);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error())
                .contains("from format 1 to format 3", "only format 1 will refuse it", "add --yes to confirm");
        assertThat(format()).isEqualTo(1);
        CommandRun other = typed("no\n");
        assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(format()).isEqualTo(1);
    }

    @Test
    void it_is_changed_when_its_name_is_typed() throws SQLException {
        assertThat(typed(url + "\n").exitCode()).isZero();
        assertThat(format()).isEqualTo(3);
    }

    @Test
    void it_is_changed_once_with_a_yes_and_used_by_the_others_then() throws SQLException {
        CommandRun run = CommandRun.of("schema", "apply", "--url", url, "--yes");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("schema-2.sql\nschema-3.sql\n");
        assertThat(run.error()).contains("only format 1 will refuse it", "the tables are current now");
        assertThat(format()).isEqualTo(3);
        CommandRun again = CommandRun.of("schema", "apply", "--url", url);
        assertThat(again.exitCode()).isZero();
        assertThat(again.error()).isEqualTo("headwater: the tables were current\n");
        assertThat(CommandRun.of("read", "order-1", "--url", url).lines()).hasSize(1);
    }

    /** As every program opens it by default. */
    @Test
    void opened_to_be_completed_it_is_changed_after_a_warning() throws Exception {
        Path messages = folder.resolve("messages");
        try (Child child = Child.start(messages, "append", "order-1", "Placed", "--url", url + "?schema=create")) {
            assertThat(child.process().waitFor()).isZero();
        }
        assertThat(Files.readString(messages))
                .contains("WARN", "has the format 1 and is brought to format 3 now", "only format 1 will refuse it")
                .hasLineCount(1);
        assertThat(format()).isEqualTo(3);
    }

    /** Missing tables are created without a confirmation: no version can have used them. */
    @Test
    void a_new_store_is_made_at_once_and_is_the_one_whose_statements_are_printed() throws SQLException {
        url = "sqlite:" + folder.resolve("new.db");
        assertThat(CommandRun.of("schema", "check", "--url", url).lines())
                .containsExactly("schema-1.sql", "schema-2.sql", "schema-3.sql");
        assertThat(folder.resolve("new.db")).doesNotExist();
        assertThat(CommandRun.of("schema", "apply", "--url", url).exitCode()).isZero();
        assertThat(CommandRun.of("append", "order-1", "Placed", "--url", url).exitCode())
                .isZero();
        String made = tables();
        url = "sqlite:" + folder.resolve("printed.db");
        for (String statement :
                CommandRun.of("schema", "print", "--url", url).out().split(";\n", -1)) {
            if (!List.of("", "BEGIN", "COMMIT").contains(statement.strip())) {
                sql(statement);
            }
        }
        assertThat(tables()).isEqualTo(made).contains("renewals");
        assertThat(CommandRun.of("schema", "check", "--url", url).exitCode()).isZero();
        assertThat(CommandRun.of("append", "order-1", "Placed", "--url", url).exitCode())
                .isZero();
    }

    private String tables() throws SQLException {
        StringBuilder tables = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT sql FROM sqlite_schema ORDER BY name")) {
            while (rows.next()) {
                tables.append(rows.getString(1)).append('\n');
            }
        }
        return tables.toString();
    }

    private CommandRun typed(String answer) {
        byte[] input = answer.getBytes(StandardCharsets.UTF_8);
        return CommandRun.in(Map.of(), new Terminals(true, false, false), input, "schema", "apply", "--url", url);
    }
}
