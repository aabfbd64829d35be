package io.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTest {
    private static final String GOOD = "{\"stream\":\"a-1\",\"type\":\"T\",\"data\":{}}";
    private static final String ID = "123e4567-e89b-42d3-a456-426614174000";

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
        return load(input.getBytes(UTF_8), more);
    }

    private CommandRun load(byte[] input, String... more) {
        String[] args = {"import", "-", "--url", stores.url()};
        return CommandRun.with(
                input, Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private List<RecordedEvent> log() {
        return stores.store().log(LogQuery.all()).toList();
    }

    @Test
    void events_arrive_in_file_order_with_all_their_fields() {
        CommandRun run = load("{\"stream\":\"a-1\",\"type\":\"One\",\"data\": [1,  2] ,\"id\":\"" + ID
                + "\",\"time\":\"2026-01-31T12:00:00+01:00\",\"metadata\":{\"k\":\"v\"}}\n" + GOOD);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("appended                 2", "already there            0", "streams                  1");
        RecordedEvent first = log().get(0);
        assertThat(first.data().text()).isEqualTo("[1,  2]");
        assertThat(first.id()).hasToString(ID);
        assertThat(first.metadata().entries())
                .containsEntry("k", "v")
                .containsEntry("occurredAt", "2026-01-31T12:00:00+01:00");
        assertThat(log().get(1).id().version()).isEqualTo(8);
    }

    @Test
    void blank_lines_line_ends_of_all_kinds_and_a_byte_order_mark_are_no_events() {
        CommandRun run = load("\uFEFF" + GOOD + "\r\n\n  \r\n" + GOOD + "\n\n" + GOOD);
        assertThat(run.exitCode()).isZero();
        assertThat(log()).hasSize(3);
    }

    @Test
    void importing_again_appends_nothing_whatever_the_line_ends() {
        load(GOOD + "\n" + GOOD + "\n");
        assertThat(load(GOOD + "\r\n" + GOOD).out())
                .contains("appended                 0", "already there            2");
        assertThat(log()).hasSize(2);
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                bad("[1]", "a JSON object is expected"),
                bad("null", "a JSON object is expected"),
                bad("{", "not valid JSON"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":{}", "a comma or '}' is expected"),
                bad("{stream:1}", "not valid JSON at byte"),
                bad(GOOD + GOOD, "continues after the end"),
                bad(GOOD + "x", "continues after the end"),
                bad("{\"type\":\"T\",\"data\":1}", "field 'stream' is missing"),
                bad("{\"stream\":\"a-1\",\"data\":1}", "field 'type' is missing"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\"}", "field 'data' is missing"),
                bad("{\"stream\":7,\"type\":\"T\",\"data\":1}", "field 'stream' is not a text"),
                bad("{\"stream\":null,\"type\":\"T\",\"data\":1}", "field 'stream' is not a text"),
                bad(good("\"extra\":1"), "unknown field 'extra'"),
                bad(good("\"data\":2"), "field 'data' occurs twice"),
                bad(good("\"type\":\"U\""), "field 'type' occurs twice"),
                bad(good("\"id\":\"1-2-3-4-5\""), "a UUID is expected"),
                bad(good("\"id\":\"00000000-0000-0000-0000-000000000000\""), "which stands for none"),
                bad(good("\"time\":\"yesterday\""), "a date and time with offset is expected"),
                bad(good("\"time\":\"2026-01-31T12:00:00\""), "a date and time with offset is expected"),
                bad(good("\"time\":\"2026-02-30T12:00:00Z\""), "a date and time with offset is expected"),
                bad(good("\"time\":\"2026-01-31T12:00:00Z\",\"metadata\":{\"occurredAt\":\"x\"}"), "differ"),
                bad(good("\"metadata\":[]"), "field 'metadata' is not an object"),
                bad(good("\"metadata\":{\"k\":1}"), "field 'metadata.k' is not a text"),
                bad(good("\"metadata\":{\"k\":\"1\",\"k\":\"2\"}"), "field 'metadata.k' occurs twice"),
                bad(good("\"metadata\":{\"\":\"1\"}"), "metadata key is empty"),
                bad(good("\"dataBase64\":\"AA==\""), "exclude each other"),
                bad(good("\"contentType\":\"JSON\""), "cannot be combined with 'data'"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"dataBase64\":\"?\"}", "is not Base64"),
                bad(
                        "{\"stream\":\"a-1\",\"type\":\"T\",\"dataBase64\":\"\",\"contentType\":\"XML\"}",
                        "JSON or BINARY"),
                bad("{\"stream\":\"$a\",\"type\":\"T\",\"data\":1}", "starts with '$'"),
                bad("{\"stream\":\"\",\"type\":\"T\",\"data\":1}", "stream id is empty"),
                bad("{\"stream\":\"a\\u0000\",\"type\":\"T\",\"data\":1}", "control character"),
                bad("{\"stream\":\"a-1\",\"type\":\"\\ud800\",\"data\":1}", "half of a surrogate pair"),
                bad("{\"stream\":\"" + "x".repeat(256) + "\",\"type\":\"T\",\"data\":1}", "256 characters"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":" + "[".repeat(100_000) + "}", "nested more than"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":\"\0\"}", "NUL at byte"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":NaN}", "not valid JSON"),
                bad("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":\"\u0001\"}", "not valid JSON"));
    }

    private static Arguments bad(String line, String reason) {
        return Arguments.of(line, reason);
    }

    private static String good(String more) {
        return GOOD.substring(0, GOOD.length() - 1) + "," + more + "}";
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void a_bad_line_stops_the_import_with_its_number_and_reason(String line, String reason) {
        CommandRun run = load(GOOD + "\n\n" + line + "\n" + GOOD);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error())
                .startsWith("headwater: line 3 of standard input: ")
                .contains(reason, "everything before it is imported (1 event new, 0 already there)", "--on-error skip")
                .hasLineCount(1);
        assertThat(log()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void a_bad_line_can_be_skipped_and_is_kept_with_its_reason(String line, String reason) throws IOException {
        Path rejects = folder.resolve("bad.ndjson");
        CommandRun run = load(GOOD + "\n" + line + "\n" + GOOD, "--on-error", "skip", "--rejects", rejects.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.out()).contains("appended                 2", "rejected                 1");
        assertThat(run.error()).contains("rejected 1 line of 3");
        assertThat(Files.readAllLines(rejects))
                .singleElement()
                .asString()
                .startsWith("{\"line\":2,\"reason\":\"")
                .contains(reason.replace("\"", "\\\""), "\"text\":\"")
                .doesNotContain("Source:");
        assertThat(log()).hasSize(2);
    }

    @Test
    void bytes_that_are_not_utf_8_are_a_bad_line_wherever_they_stand() {
        for (byte[] wrong :
                new byte[][] {{(byte) 0xFF}, {(byte) 0xC0, (byte) 0xAF}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}}) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.writeBytes("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":\"".getBytes(UTF_8));
            line.writeBytes(wrong);
            line.writeBytes("\"}".getBytes(UTF_8));
            assertThat(load(line.toByteArray()).error()).contains("line 1 of standard input: not UTF-8");
        }
    }

    @Test
    void a_line_without_end_is_refused_in_little_memory() {
        CommandRun run =
                CommandRun.in(Map.of(), Terminals.NONE, new byte[200 << 20], "import", "-q", "--url", stores.url());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error()).contains("line 1 of standard input: the line has 209,715,200 bytes, over the limit of");
    }

    @Test
    void an_event_over_the_stores_limit_is_a_bad_line() {
        long most = stores.store().capabilities().limits().maxEventBytes();
        String large = "\"" + "x".repeat((int) most) + "\"";
        CommandRun run = load(GOOD + "\n{\"stream\":\"a-1\",\"type\":\"T\",\"data\":" + large + "}\n");
        assertThat(run.error()).contains("line 2 of standard input: the event has", "over the store's limit");
        assertThat(log()).hasSize(1);
    }

    @Test
    void an_event_for_a_tombstoned_stream_is_a_bad_line() {
        stores.store().facet(StreamAdmin.class).orElseThrow().tombstone(StreamId.of("b-1"), ExpectedVersion.any());
        String input = GOOD + "\n" + GOOD.replace("a-1", "b-1") + "\n" + GOOD;
        assertThat(load(input).error()).contains("line 2 of standard input: stream 'b-1' was tombstoned");
        assertThat(log()).hasSize(1);
        CommandRun skipping = load(
                input, "--on-error", "skip", "--rejects", folder.resolve("r").toString());
        assertThat(skipping.out())
                .contains("appended                 1", "already there            1", "rejected                 1");
    }

    @Test
    void a_compressed_input_is_recognised_by_its_first_bytes_even_in_parts() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(gzip(GOOD + "\n"));
        parts.writeBytes(gzip(GOOD.replace("a-1", "a-2")));
        assertThat(load(parts.toByteArray()).exitCode()).isZero();
        assertThat(log()).hasSize(2);
    }

    @Test
    void a_compressed_input_that_is_cut_off_is_imported_so_far_and_told() throws IOException {
        String lines = IntStream.range(0, 5000)
                .mapToObj(i -> GOOD.replace("{}", "" + i * 7919L % 10007))
                .reduce("", (all, line) -> all + line + "\n");
        byte[] whole = gzip(lines);
        for (int length : new int[] {1, 5, 15, whole.length / 2, whole.length - 9, whole.length - 1}) {
            CommandRun run = load(Arrays.copyOf(whole, length), "--on-error", "stop");
            assertThat(run.exitCode()).as("cut at " + length).isEqualTo(ExitCode.BAD_DATA.number());
        }
        assertThat(load(Arrays.copyOf(whole, whole.length / 2)).error())
                .contains("input is incomplete in line", "ends too early", "get the whole file");
        assertThat(load(whole).exitCode()).isZero();
        assertThat(log()).hasSize(5000);
        assertThat(log().get(4999).data().text()).isEqualTo("" + 4999 * 7919L % 10007);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_dry_run_checks_and_writes_nothing() {
        assertThat(load(GOOD + "\n" + GOOD, "--dry-run").out())
                .contains("would append             2", "nothing was written");
        assertThat(load(GOOD + "\noops", "--dry-run").exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(log()).isEmpty();
        Path missing = folder.resolve("missing.db");
        CommandRun run = CommandRun.with(GOOD, "import", "--dry-run", "--url", "sqlite:" + missing);
        assertThat(run.exitCode()).isZero();
        assertThat(missing).doesNotExist();
    }

    @Test
    void an_id_that_comes_twice_is_imported_once() {
        String line = good("\"id\":\"" + ID + "\"");
        assertThat(load(line + "\n" + line + "\n").out())
                .contains("appended                 1", "already there            0", "repeated lines           1");
    }

    @Test
    void what_others_wrote_stays_and_the_import_goes_on_after_it() {
        EventStore store = stores.store();
        load(GOOD);
        store.append(StreamId.of("a-1"), ExpectedVersion.exactly(1), EventData.json("Foreign", "{}"));
        load(GOOD + "\n" + GOOD);
        assertThat(log()).extracting(RecordedEvent::type).containsExactly("T", "Foreign", "T");
    }

    @Test
    void the_summary_is_there_for_machines_too() {
        assertThat(load(GOOD, "--json").lines())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"dryRun\":false,\"lines\":1,\"appended\":1,\"alreadyThere\":0,\"repeated\":0,\"rejected\":0,\"streams\":1,\"millis\":");
    }

    @Test
    void rejects_never_overwrite_the_input() throws IOException {
        Path input = Files.writeString(folder.resolve("in.ndjson"), "oops\n");
        CommandRun run = CommandRun.of(
                "import", input.toString(), "--on-error", "skip", "--rejects", input.toString(), "--url", "memory:");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.readString(input)).isEqualTo("oops\n");
        CommandRun beside = CommandRun.of("import", input.toString(), "--on-error", "skip", "--url", "memory:");
        assertThat(beside.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(folder.resolve("in.ndjson.rejects.ndjson")).exists();
    }

    @Test
    void progress_is_a_bar_on_a_terminal() {
        Terminals terminal = new Terminals(false, false, true);
        CommandRun run = CommandRun.in(Map.of(), terminal, GOOD.getBytes(UTF_8), "import", "--url", stores.url());
        assertThat(run.error()).contains("import").contains("\r");
        assertThat(load(GOOD, "--quiet").error()).doesNotContain("\r");
    }
}
