package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export must not restore, in another store, events that were deleted here. */
class HiddenEventsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void what_was_deleted_is_not_exported_and_not_brought_back(String backend) {
        try (TestStores from = withDeletions(backend);
                TestStores to = TestStores.open(backend, folder)) {
            CommandRun export = CommandRun.of("export", "--url", from.url());
            assertThat(types(export)).containsExactly("Kept", "Later", "After");
            assertThat(export.error()).contains("exported 3 events", "left out 4 hidden events", "--include-hidden");
            CommandRun.with(export.output(), "import", "--url", to.url());
            assertThat(CommandRun.of("read", "gone-1", "--url", to.url()).lines())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void include_hidden_exports_the_log_as_it_is(String backend) {
        try (TestStores from = withDeletions(backend)) {
            CommandRun export = CommandRun.of("export", "--include-hidden", "--url", from.url());
            assertThat(export.lines()).hasSize(7);
            assertThat(export.error()).contains("exported 7 events").doesNotContain("left out");
        }
    }

    @Test
    void the_number_left_out_is_told_to_machines_too() {
        try (TestStores from = withDeletions("memory")) {
            String file = folder.resolve("e.ndjson").toString();
            assertThat(CommandRun.of("export", file, "--prefix", "short", "--json", "--url", from.url())
                            .out())
                    .contains("\"events\":1,\"hiddenLeftOut\":1}");
        }
    }

    /** More than a page of streams, so that the catalog is read to its end. */
    @Test
    void deletions_are_found_among_many_streams() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2500; i++) {
            lines.append(String.format(Locale.ROOT, "{\"stream\":\"s-%04d\",\"type\":\"T\",\"data\":{}}\n", i));
        }
        try (TestStores from = TestStores.open("memory", folder)) {
            CommandRun.with(lines.toString(), "import", "--url", from.url());
            for (String stream : List.of("s-0000", "s-0999", "s-1000", "s-2499")) {
                CommandRun.of("delete", stream, "--yes", "--url", from.url());
            }
            assertThat(CommandRun.of("export", "--url", from.url()).lines()).hasSize(2496);
        }
    }

    private static List<String> types(CommandRun export) {
        return export.lines().stream()
                .map(line -> line.replaceAll(".*\"type\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    private TestStores withDeletions(String backend) {
        TestStores stores = TestStores.open(backend, folder);
        String url = stores.url();
        CommandRun.with("""
                {"stream":"gone-1","type":"Ended","data":{}}
                {"stream":"gone-1","type":"Ended","data":{}}
                {"stream":"short-1","type":"Cut","data":{}}
                {"stream":"short-1","type":"Kept","data":{}}
                {"stream":"again-1","type":"Deleted","data":{}}
                """, "import", "--url", url);
        CommandRun.of("tombstone", "gone-1", "--yes", "--url", url);
        CommandRun.of("truncate", "short-1", "--before", "2", "--yes", "--url", url);
        CommandRun.of("delete", "again-1", "--yes", "--url", url);
        CommandRun.of("append", "again-1", "Later", "--url", url);
        CommandRun.of("append", "other-1", "After", "--url", url);
        return stores;
    }
}
