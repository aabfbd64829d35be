package io.headwater.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReportReaderTest {
    private static final String HEAD = "{\"format\": \"headwater-tck-report/1\", ";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("report.json"), text);
    }

    @Test
    void what_was_written_is_read() throws IOException {
        TckReport report = Tck.of("memory:report-reader").only("A1", "K4").run();
        StoredReport read = ReportReader.read(file(ReportFormat.JSON.text(report)));
        assertThat(read.backend()).isEqualTo("memory");
        assertThat(read.declared()).containsEntry("snapshots", "native").containsEntry("largest event", "16 MiB");
        assertThat(read.rules()).hasSameSizeAs(report.results());
        assertThat(read.rules().get("A1.1").status()).isEqualTo(Status.PASS);
        assertThat(read.rules().get("A1.1").group()).isEqualTo("append");
        assertThat(read.rules().get("A1.1").sentence())
                .isEqualTo(report.results().get(0).rule().sentence());
        assertThat(read.rules().get("K4.5").status()).isEqualTo(Status.FAIL);
    }

    @Test
    void a_store_that_could_not_be_opened_declares_nothing() throws IOException {
        Path file = Reports.write(folder.resolve("a.json"), "\"store\": {\"backend\": \"stub\"}", "A1.1 FAIL");
        assertThat(ReportReader.read(file).declared()).isEmpty();
    }

    @Test
    void what_a_later_version_adds_is_passed_over() throws IOException {
        String store = Reports.STORE.replace(
                "\"SNAPSHOTS\": \"NATIVE\"", "\"SNAPSHOTS\": \"NATIVE\", \"TIME_TRAVEL\": \"EMULATED\"");
        Path file = Reports.write(folder.resolve("a.json"), "\"new\": [{\"x\": null}], " + store, "A1.1 PASS");
        assertThat(ReportReader.read(file).declared())
                .containsAllEntriesOf(Map.of("snapshots", "native", "time travel", "emulated"));
    }

    @Test
    void a_reserved_prefix_is_told() throws IOException {
        String store = Reports.STORE.replace("\"limits\":", "\"reservedPrefix\": \"own:\", \"limits\":");
        Path file = Reports.write(folder.resolve("a.json"), store, "A1.1 PASS");
        assertThat(ReportReader.read(file).declared())
                .containsEntry("stream ids that are reserved", "those that begin with own:");
        assertThat(ReportReader.read(Reports.write(folder.resolve("b.json"), Reports.STORE, "A1.1 PASS"))
                        .declared())
                .doesNotContainKey("stream ids that are reserved");
    }

    static Stream<Arguments> broken() {
        String rules = "\"rules\": [{\"id\": \"A1.1\", \"group\": \"g\", \"sentence\": \"s\", \"status\": \"PASS\"}";
        return Stream.of(
                arguments("", "an object is expected"),
                arguments("[]", "an object is expected"),
                arguments("{", "not valid JSON"),
                arguments("{} {}", "continues after its end"),
                arguments("{}", "its field format is not headwater-tck-report/1"),
                arguments("{\"format\": 1}", "a text is expected as 'format'"),
                arguments("{\"format\": \"else\"}", "its field format"),
                arguments(HEAD + Reports.STORE + "}", "it has no rules"),
                arguments(HEAD + rules + "]}", "store.backend is missing"),
                arguments(HEAD + Reports.STORE + "," + rules + ", 1]}", "an object is expected"),
                arguments(HEAD + rules + "], \"rules\": []}", "'rules' occurs twice"),
                arguments(HEAD + "\"rules\": [{\"id\": \"A1.1\"}]}", "a rule has no group"),
                arguments(HEAD + rules.replace("PASS", "GOOD") + "]}", "'GOOD' is none of [PASS, FAIL"),
                arguments(HEAD + rules.replace("A1.1", "<b>") + "]}", "'<b>' is not a rule's id"),
                arguments(
                        HEAD + rules + rules.substring(rules.indexOf("{")).replaceFirst("^", ",") + "]}",
                        "A1.1 occurs twice"),
                arguments(
                        HEAD + Reports.STORE.replace("\"maxEventBytes\": 1048576, ", "") + "," + rules + "]}",
                        "maxEventBytes is missing"),
                arguments(HEAD + Reports.STORE.replace("1048576", "-1") + "}", "negative"),
                arguments(HEAD + Reports.STORE.replace("1048576", "1e999") + "}", "a whole number is expected"),
                arguments(HEAD + Reports.STORE.replace("1048576", "99999999999999999999") + "}", "not valid JSON"),
                arguments(HEAD + "\"x\": " + "[".repeat(10_000), "nested more than"),
                arguments(HEAD + rules.replace("\"s\"", '"' + "s".repeat(10_001) + '"') + "]}", "longer than 10000"),
                arguments("\u0000\u0001", "not valid JSON"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_is_no_report_is_refused_with_the_reason(String text, String reason) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ReportReader.read(file))
                .isInstanceOf(BadReport.class)
                .hasMessageContaining("report.json' is not a report: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_report_of_another_format_says_so_even_if_nothing_else_is_understood() throws IOException {
        Path file = file("{\"format\": \"headwater-tck-report/2\", \"rules\": 7}");
        assertThatThrownBy(() -> ReportReader.read(file))
                .hasMessageContaining("has the format headwater-tck-report/2")
                .hasMessageContaining("use the version that wrote it");
    }

    @Test
    void a_huge_file_is_not_read_into_memory() throws IOException {
        Path file = folder.resolve("huge.json");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(10L << 30);
        }
        assertThatThrownBy(() -> ReportReader.read(file)).hasMessageContaining("larger than 64 MiB");
    }
}
