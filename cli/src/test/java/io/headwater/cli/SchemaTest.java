package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.postgres.PostgresFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of a store in a database, managed by the command. */
@Tag("locales")
class SchemaTest {
    private final String url = PostgresFixture.url();

    @Test
    void what_is_missing_is_told_and_made_and_then_nothing_is() {
        CommandRun before = CommandRun.of("schema", "check", "--url", url);
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.lines()).contains("V001__event_store.sql");
        assertThat(before.error()).contains("headwater schema apply");
        CommandRun made = CommandRun.of("schema", "apply", "--url", url, "--json");
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).startsWith("{\"applied\":[\"V001__event_store.sql\"");
        CommandRun after = CommandRun.of("schema", "check", "--url", url);
        assertThat(after.exitCode()).isZero();
        assertThat(after.error()).contains("the tables are current");
        assertThat(CommandRun.of("schema", "apply", "--url", url).error()).contains("were current");
        assertThat(CommandRun.of("info", "--url", url).exitCode()).isZero();
    }

    @Test
    void a_command_that_reads_does_not_make_tables() {
        CommandRun info = CommandRun.of("info", "--url", url);
        assertThat(info.exitCode()).isEqualTo(2);
        assertThat(info.error()).contains("there is no store at");
        assertThat(CommandRun.of("schema", "check", "--url", url).exitCode()).isEqualTo(1);
    }

    @Test
    void statements_are_printed_without_a_server() {
        CommandRun printed =
                CommandRun.of("schema", "print", "--url", "postgresql://localhost:1/shop?namespace=orders");
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .startsWith("CREATE SCHEMA \"orders\";")
                .contains("CREATE TABLE \"orders\".events")
                .doesNotContain("${schema}");
    }

    @Test
    void a_store_that_makes_its_own_has_none() {
        CommandRun check = CommandRun.of("schema", "check", "--url", "memory:x");
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.error()).contains("'memory' have no tables to create");
    }
}
