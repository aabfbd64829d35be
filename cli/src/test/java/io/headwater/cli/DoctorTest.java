package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.dynamodb.DynamoFixture;
import io.headwater.postgres.PostgresFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose parts fit together, and some whose do not. */
@Tag("locales")
class DoctorTest {
    @TempDir
    Path folder;

    private String url(String backend) {
        return switch (backend) {
            case "dynamodb" -> DynamoFixture.url();
            case "postgres" -> PostgresFixture.url();
            default -> "sqlite:" + folder.resolve("events.db");
        };
    }

    private static void fill(String url) {
        for (String data : new String[] {"{}", "[]", "1"}) {
            assertThat(CommandRun.of("append", "order-1", "Placed", data, "--url", url)
                            .exitCode())
                    .isZero();
        }
        CommandRun.of("append", "bill-1", "Sent", "{}", "--url", url);
        assertThat(CommandRun.of("truncate", "order-1", "--before", "2", "--yes", "--url", url)
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres", "dynamodb"})
    void a_store_that_was_used_has_nothing_to_find(String backend) {
        String url = url(backend);
        fill(url);
        CommandRun doctor = CommandRun.of("doctor", "--url", url);
        assertThat(doctor.exitCode()).as(doctor.error()).isZero();
        assertThat(doctor.out()).isEqualTo("✓ 2 streams, 4 events: everything fits\n");
        CommandRun.of("scavenge", "--url", url);
        assertThat(CommandRun.of("doctor", "--json", "--url", url).out())
                .isEqualTo("{\"streams\":2,\"events\":3,\"problems\":0}\n");
    }

    @Test
    void what_is_missing_and_what_is_too_much_is_listed() throws SQLException {
        String url = url("sqlite");
        fill(url);
        change(url, "DELETE FROM events WHERE type = 'Sent'");
        change(url, "UPDATE streams SET version = 2 WHERE name = 'order-1'");
        CommandRun doctor = CommandRun.of("doctor", "--url", url);
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(doctor.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("✗ events missing: stream 'bill-1' has 0 of its 1 events from version 1 to 1"))
                .anySatisfy(line -> assertThat(line).startsWith("✗ events beyond their stream: event 3 of the stream"))
                .contains("2 streams, 3 events: 2 problems");
    }

    private static void change(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void a_store_in_memory_cannot_be_checked() {
        CommandRun doctor = CommandRun.of("doctor", "--url", "memory:");
        assertThat(doctor.error())
                .contains("stores of the backend 'memory' cannot be checked")
                .hasLineCount(1);
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.REFUSED.number());
    }
}
