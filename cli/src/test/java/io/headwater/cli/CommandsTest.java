package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locales")
class CommandsTest {
    private static final String ID = "123e4567-e89b-42d3-a456-426614174000";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void append_prints_version_and_position_and_recognises_a_repeat(String backend) {
        try (TestStores stores = TestStores.open(backend, folder)) {
            String[] args = {
                "append", "order-1", "Placed", "{\"n\":1}", "--expect", "none", "--id", ID, "--url", stores.url()
            };
            assertThat(CommandRun.of(args).out()).startsWith("order-1 is now at version 1, position 0000");
            assertThat(CommandRun.of(args).out()).contains("repeat").contains("version 1");
            assertThat(CommandRun.of("read", "order-1", "--url", stores.url()).lines())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void append_that_is_not_as_expected_is_refused_with_both_versions(String backend) {
        try (TestStores stores = TestStores.open(backend, folder)) {
            CommandRun run = CommandRun.of("append", "order-1", "Placed", "--expect", "3", "--url", stores.url());
            assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
            assertThat(run.error())
                    .startsWith("headwater: ")
                    .contains("version 3", "at 0")
                    .hasLineCount(1);
        }
    }

    @Test
    void append_takes_data_and_metadata_and_bytes() {
        try (TestStores stores = TestStores.open("memory", folder)) {
            String url = stores.url();
            CommandRun.with(
                    "[1, 2]", "append", "a-1", "T", "-", "--metadata", "user=ann", "--metadata", "x=y=z", "--url", url);
            CommandRun.with(new byte[] {0, (byte) 255}, "append", "a-1", "B", "-", "--binary", "--url", url);
            assertThat(CommandRun.of("read", "a-1", "--json", "--url", url).lines())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains("\"data\":[1, 2]", "\"metadata\":{\"user\":\"ann\",\"x\":\"y=z\"}"),
                            second ->
                                    assertThat(second).contains("\"contentType\":\"BINARY\",\"dataBase64\":\"AP8=\""));
        }
    }

    @Test
    void append_refuses_data_that_are_no_json() {
        CommandRun run = CommandRun.of("append", "a-1", "T", "{oops", "--url", "memory:");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error()).contains("not a JSON value", "--binary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void read_and_log_go_both_ways_with_limits_and_filters(String backend) {
        try (TestStores stores = filled(backend)) {
            String url = stores.url();
            assertThat(CommandRun.of("read", "order-1", "--from", "2", "--limit", "1", "--url", url)
                            .out())
                    .contains("order-1@2  Paid");
            assertThat(CommandRun.of("read", "order-1", "--backwards", "--limit", "1", "--url", url)
                            .out())
                    .contains("order-1@3");
            assertThat(CommandRun.of("log", "--category", "order", "--type", "Placed", "--url", url)
                            .lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("Placed"));
            assertThat(CommandRun.of("log", "--prefix", "order-1", "--url", url).lines())
                    .hasSize(4);
            assertThat(CommandRun.of("log", "--backwards", "--limit", "1", "--url", url)
                            .out())
                    .contains("loan-1@1");
        }
    }

    @Test
    void log_stops_at_its_limit_and_tells_how_to_go_on() {
        try (TestStores stores = filled("memory")) {
            CommandRun run = CommandRun.of("log", "--limit", "2", "--url", stores.url());
            assertThat(run.lines()).hasSize(2);
            String position = run.lines().get(1).substring(0, 16);
            assertThat(run.error()).contains("--after " + position);
            assertThat(CommandRun.of("log", "--after", position, "--url", stores.url())
                            .lines())
                    .hasSize(3);
            assertThat(CommandRun.of("log", "--before", position, "--url", stores.url())
                            .lines())
                    .hasSize(1);
            assertThat(CommandRun.of("log", "--limit", "5", "--url", stores.url())
                            .error())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void categories_and_streams_are_listed(String backend) {
        try (TestStores stores = filled(backend)) {
            assertThat(CommandRun.of("categories", "--url", stores.url()).lines())
                    .containsExactly(
                            "CATEGORY  STREAMS  EVENTS", "loan            1       1", "order           2       4");
            assertThat(CommandRun.of("streams", "--prefix", "order-", "--json", "--url", stores.url())
                            .lines())
                    .containsExactly(
                            "{\"stream\":\"order-1\",\"version\":3,\"events\":3,\"state\":\"live\"}",
                            "{\"stream\":\"order-10\",\"version\":1,\"events\":1,\"state\":\"live\"}");
            assertThat(CommandRun.of("streams", "--limit", "1", "--url", stores.url())
                            .error())
                    .contains("--after 'loan-1'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void streams_are_truncated_deleted_tombstoned_and_scavenged(String backend) {
        try (TestStores stores = filled(backend)) {
            String url = stores.url();
            assertThat(CommandRun.of("truncate", "order-1", "--before", "3", "--yes", "--url", url)
                            .exitCode())
                    .isZero();
            assertThat(CommandRun.of("read", "order-1", "--url", url).lines()).hasSize(1);
            assertThat(CommandRun.of("delete", "order-10", "--yes", "--url", url)
                            .out())
                    .contains("continue from version 1");
            assertThat(CommandRun.of("tombstone", "loan-1", "--yes", "--url", url)
                            .exitCode())
                    .isZero();
            assertThat(CommandRun.of("read", "loan-1", "--url", url).exitCode()).isEqualTo(ExitCode.REFUSED.number());
            assertThat(CommandRun.of("scavenge", "--url", url).out()).isEqualTo("4 events removed\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void info_tells_what_the_store_is_and_can_do(String backend) {
        try (TestStores stores = filled(backend)) {
            assertThat(CommandRun.of("info", "--url", stores.url()).out())
                    .contains(
                            "backend                 " + backend,
                            "store id                " + stores.store().storeId(),
                            "events                  5",
                            "bulk import",
                            "bytes");
            assertThat(CommandRun.of("info", "--json", "--url", stores.url()).lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"backend\":\"" + backend + "\"")
                    .contains("\"BULK_IMPORT\":\"NATIVE\"", "\"maxEventBytes\":", "\"events\":5")
                    .contains("\"storeId\":\"" + stores.store().storeId() + "\"")
                    .contains("\"logVisibility\":\"immediate\"");
        }
    }

    @Test
    void info_gives_machines_names_without_spaces_and_people_grouped_digits() {
        try (TestStores stores = filled("sqlite")) {
            assertThat(CommandRun.of("info", "--json", "--url", stores.url()).out())
                    .containsPattern("\"fileBytes\":\\d+,\"writeAheadLogBytes\":\\d+}");
            assertThat(CommandRun.of("info", "--url", stores.url()).out()).containsPattern("file bytes +\\d+,\\d{3}\n");
        }
    }

    @Test
    void when_there_is_nothing_to_print_a_message_says_why() {
        try (TestStores stores = filled("memory")) {
            String[][] commands = {
                {"log", "--category", "lone", "'headwater categories'"},
                {"log", "--type", "placed", "must match exactly"},
                {"log", "--prefix", "x", "'headwater streams'"},
                {"log", "--after", "0fffffffffffffff", "the log ends at 0000000000000005"},
                {"export", "--category", "lone", "'headwater categories'"},
                {"streams", "--prefix", "x", "no stream begins with 'x'"}
            };
            for (String[] command : commands) {
                assertThat(CommandRun.of(command[0], command[1], command[2], "--url", stores.url())
                                .error())
                        .contains(command[3]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "export", "categories", "streams"})
    void an_empty_store_is_called_empty(String command) {
        assertThat(CommandRun.of(command, "--url", "memory:").error()).contains("headwater: the store is empty\n");
    }

    @Test
    void backends_are_listed_with_their_options() {
        assertThat(CommandRun.of("backends").out()).contains("sqlite:path/to/file.db", "busyTimeout", "(default 30s)");
        assertThat(CommandRun.of("backends", "--json").lines()).hasSize(5);
    }

    private TestStores filled(String backend) {
        TestStores stores = TestStores.open(backend, folder);
        CommandRun.with("""
                {"stream":"order-1","type":"Placed","data":{}}
                {"stream":"order-1","type":"Paid","data":{}}
                {"stream":"order-1","type":"Shipped","data":{}}
                {"stream":"order-10","type":"Placed","data":{}}
                {"stream":"loan-1","type":"Requested","data":{}}
                """, "import", "--url", stores.url());
        return stores;
    }
}
