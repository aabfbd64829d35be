package io.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines whose ids are in the store already: their contents are compared. */
class ImportContentTest {
    private static final String ID = "123e4567-e89b-42d3-a456-426614174000";
    private static final String STORED =
            "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":{\"n\":1},\"id\":\"" + ID + "\",\"metadata\":{\"k\":\"v\"}}\n";

    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void open() {
        stores = TestStores.open("memory", folder);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private CommandRun load(String input, String... more) {
        String[] args = {"import", "-", "-q", "--url", stores.url()};
        return CommandRun.with(
                input.getBytes(UTF_8),
                Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    static Stream<String> others() {
        return Stream.of(
                STORED.replace("\"T\"", "\"U\""),
                STORED.replace("{\"n\":1}", "{\"n\":2}"),
                STORED.replace("{\"n\":1}", "{\"n\": 1}"),
                STORED.replace("\"v\"", "\"w\""),
                STORED.replace(",\"metadata\":{\"k\":\"v\"}", ""),
                STORED.replace("\"metadata\"", "\"time\":\"2026-01-31T12:00:00Z\",\"metadata\""),
                STORED.replace("\"data\":{\"n\":1}", "\"contentType\":\"BINARY\",\"dataBase64\":\"eyJuIjoxfQ==\""));
    }

    @ParameterizedTest
    @MethodSource("others")
    void another_content_under_a_stored_id_is_a_bad_line(String other) throws IOException {
        load(STORED);
        CommandRun run = load(other);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error())
                .contains(
                        "line 1 of standard input: stream 'a-1' has an event with the id " + ID + " already",
                        "0 already")
                .hasLineCount(1);
        Path rejects = folder.resolve("r");
        CommandRun skipping = load(STORED + other, "--on-error", "skip", "--rejects", rejects.toString());
        assertThat(skipping.out()).contains("already there            1", "rejected                 1");
        assertThat(Files.readString(rejects)).startsWith("{\"line\":2,").contains("differs in type, data or metadata");
        assertThat(stores.store().log(LogQuery.all())).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("others")
    void and_so_it_is_where_the_id_comes_twice_in_one_input(String other) {
        CommandRun run = load(STORED + other);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error()).contains("line 2 of standard input: stream 'a-1' has an event with the id " + ID);
    }

    @Test
    void the_same_content_written_in_another_way_is_there_already() {
        load(STORED.replace("{\"k\":\"v\"}", "{\"k\":\"v\",\"l\":\"w\"}"));
        String same =
                "{\"metadata\":{\"l\":\"w\",\"k\":\"v\"},\"contentType\":\"JSON\",\"dataBase64\":\"eyJuIjoxfQ==\","
                        + "\"type\":\"\\u0054\",\"stream\":\"a-1\",\"id\":\"" + ID.toUpperCase(Locale.ROOT) + "\"}";
        assertThat(load(same).out()).contains("appended                 0", "already there            1");
        assertThat(load(STORED.replace("a-1", "a-2")).out())
                .as("ids are compared within a stream")
                .contains("appended                 1");
    }

    @Test
    void an_export_comes_back_to_its_own_store_as_what_is_there() {
        stores.store()
                .append(
                        StreamId.of("a-1"),
                        ExpectedVersion.any(),
                        EventData.json("T", "{}"),
                        new EventData(
                                UUID.randomUUID(),
                                "T",
                                EventData.json("T", "1").data(),
                                Metadata.decoded("[1]".getBytes(UTF_8))),
                        EventData.json("T", "2").withMetadata(Metadata.of(Map.of("occurredAt", "noon", "k", "v"))));
        String export = CommandRun.of("export", "--url", stores.url()).out();
        assertThat(load(export).out()).contains("appended                 0", "already there            3");
        String otherTime = export.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"2001-01-01T00:00:00Z\"");
        assertThat(load(otherTime).error()).contains("line 1", "differs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dry-run", "--on-error=stop"})
    void lines_that_repeat_others_of_the_input_are_not_said_to_be_in_the_store(String option) {
        assertThat(load(STORED + STORED + STORED, option).out())
                .containsPattern("append(ed)? +1\n")
                .contains("already there            0", "repeated lines           2");
    }

    @Test
    void a_dry_run_without_a_store_says_nothing_of_what_is_there() {
        CommandRun run = CommandRun.with(
                STORED + STORED, "import", "-q", "--dry-run", "--url", "sqlite:" + folder.resolve("missing.db"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("there is no store yet", "would append             1", "repeated lines           1")
                .doesNotContain("already there");
    }

    @Test
    void a_repeated_append_that_says_something_else_is_refused() {
        String[] first = {"append", "b-1", "T", "1", "--id", ID, "--expect", "none", "--url", stores.url()};
        assertThat(CommandRun.of(first).out()).contains("is now at version 1");
        assertThat(CommandRun.of(first).out()).contains("has it already");
        String[] other = first.clone();
        other[3] = "2";
        CommandRun run = CommandRun.of(other);
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.error())
                .contains("at version 1, which differs in type, data or metadata", "nothing was appended");
        assertThat(run.out()).isEmpty();
    }
}
