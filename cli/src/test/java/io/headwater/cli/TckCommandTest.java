package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.conformance.Reports;
import io.headwater.tck.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("locales")
class TckCommandTest {
    private static final String URL = "memory:tck-command";

    @TempDir
    Path folder;

    private static CommandRun tck(String... arguments) {
        String[] words = Stream.concat(Stream.of("tck"), Stream.of(arguments)).toArray(String[]::new);
        return CommandRun.of(words);
    }

    @Test
    void a_run_ends_with_the_counts_and_the_seed() {
        CommandRun run = tck("run", "--url", URL, "--only", "A1,A2.1", "--seed", "4711");
        assertThat(run.lines()).containsExactly("memory: 7 passed, 0 failed (seed 4711)");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void a_broken_rule_is_shown_with_its_reason_and_ends_with_code_1() {
        CommandRun run = tck("run", "--url", URL, "--only", "A1.1", "--waive", "A1.1=no \u001b[31mreason");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.lines().get(0)).startsWith("FAILED      A1.1 an append returns");
        assertThat(run.out()).contains("no \\u001b[31mreason", "take the waiver away", "0 passed, 1 failed");
    }

    @Test
    void what_was_not_run_counts_only_against_a_claim() {
        String[] run = {
            "run", "--url", "sqlite:" + folder.resolve("tck.db"), "--only", "G9.3", "--without", "restart=busy"
        };
        assertThat(tck(run).exitCode()).isZero();
        assertThat(tck(run).out()).contains("NOT RUN", "busy", "0 passed, 0 failed, 1 not run");
        assertThat(tck("run", "--url", URL, "--claim", "--only", "A1").error())
                .contains("--claim and --only exclude each other");
    }

    @Test
    void a_memory_store_has_no_restart() {
        assertThat(tck("run", "--url", URL, "--only", "G9.3").out()).contains("1 not run");
    }

    @Test
    void reports_are_written_in_the_formats_of_their_names() throws IOException {
        Path dir = folder.resolve("new").resolve("reports");
        Path page = folder.resolve("a.html");
        CommandRun run =
                tck("run", "--url", URL, "--only", "A1", "--report-dir", dir.toString(), "--report", page.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(dir.toFile().list())
                .containsExactlyInAnyOrder("tck-report.json", "tck-report.md", "tck-report.html");
        assertThat(page).content().startsWith("<!DOCTYPE html>");
        assertThat(dir.resolve("tck-report.md")).content().startsWith("# Conformance of `memory`");
        assertThat(dir.resolve("tck-report.json")).content().startsWith("{\"format\":\"headwater-tck-report/1\"");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("new", "a.html");
    }

    @Test
    void for_machines_the_report_is_printed() {
        CommandRun run = tck("run", "--url", URL, "--only", "A1", "--json");
        assertThat(run.lines()).hasSize(1);
        assertThat(run.out()).startsWith("{\"format\":").contains("\"PASS\":6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run                                           | name the store with --url",
                "run --url foo:x                               | no backend has the scheme 'foo'",
                "run --url memory:x --only Q7                  | no rule or group is called 'Q7'",
                "run --url memory:x --waive Q7.1=why           | no rule has the id 'Q7.1'",
                "run --url memory:x --waive A1.1               | option '--waive' (ID=REASON) should be in KEY=VALUE",
                "run --url memory:x --waive A1.1=              | a reason is missing",
                "run --url memory:x --without sleep=why        | 'sleep' is not one of"
                        + " second-instance|second-process|restart|configuration|held-append",
                "run --url memory:x --profile slow             | 'slow' is not one of quick|full|soak",
                "run --url memory:x --seed one                 | invalid value for option '--seed'",
                "run --url memory:x --report a.txt             | ends with one of .json, .md, .html",
                "run --url memory:x --report nowhere/a.json    | does not exist: create it first",
                "rules --group nonsense                        | no group is called 'nonsense'; there are: append,",
                "matrix                                        | missing required parameter: 'REPORT'",
                "matrix nowhere.json                           | file 'nowhere.json' does not exist",
                "diff nowhere.json                             | missing required parameter: 'AFTER'",
                "diff . .                                      | '.' is a folder: name a report in it",
                "rnu                                           | unknown command 'rnu', did you mean run?",
            })
    void wrong_usage_is_told_in_one_line(String arguments, String expected) {
        CommandRun run = tck(arguments.split(" "));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void secrets_of_the_url_are_not_repeated() {
        assertThat(tck("run", "--url", "foo://ann:s3cret@host/db").error()).doesNotContain("s3cret");
    }

    @Test
    void without_a_part_the_help_is_shown() {
        assertThat(tck().exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(tck().error()).contains("Commands:", "matrix");
    }

    @Test
    void the_rules_are_listed_by_group() {
        assertThat(tck("rules").out())
                .contains("\nconcurrency\n", Catalogue.rules().size() + " rules in ");
        assertThat(tck("rules", "--group", "append").out()).contains("A1.1").doesNotContain("concurrency");
        assertThat(tck("rules", "--json").lines()).hasSameSizeAs(Catalogue.rules());
        assertThat(tck("rules", "--markdown", "--group", "append").out())
                .contains("## append", "| [A1.1](contract.md#a1) | an append returns the version");
    }

    @Test
    void a_matrix_has_a_column_for_each_report() throws IOException {
        Path one = Reports.write(folder.resolve("one.json"), Reports.STORE, "A1.1 PASS", "A1.2 FAIL");
        Path two = Reports.write(
                folder.resolve("two.json"),
                Reports.STORE.replace("stub\", ", "<b>|other\", "),
                "A1.1 PASS",
                "A1.3 PASS");
        CommandRun run = tck("matrix", one.toString(), two.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .contains("|  | stub | &#60;b&#62;&#124;other |", "| snapshots | native | native |")
                .contains("| append | 1 passed, 1 failed | 2 passed |")
                .contains("| A1.2 what A1.2 says | failed | – |")
                .noneMatch(line -> line.contains("A1.1 ") || line.contains("A1.3 "));
        assertThat(tck("matrix", "--rules", one.toString(), two.toString()).lines())
                .contains("| A1.1 what A1.1 says | passed | passed |");
        assertThat(tck("matrix", "--json", one.toString(), two.toString()).out())
                .contains("\"reports\":[\"stub\",\"<b>|other\"]", "\"A1.2\":[\"failed\",\"\"]");
    }

    @Test
    void two_reports_of_one_backend_are_told_apart_by_their_files() throws IOException {
        Path one = Reports.write(folder.resolve("one.json"), Reports.STORE, "A1.1 PASS");
        Path two = Reports.write(folder.resolve("two.json"), Reports.STORE, "A1.1 PASS");
        assertThat(tck("matrix", "--json", one.toString(), two.toString()).out())
                .contains("stub (" + one + ")", "stub (" + two + ")");
    }

    @Test
    void a_diff_says_what_changed_and_fails_when_something_newly_fails() throws IOException {
        Path before = Reports.write(
                folder.resolve("a.json"),
                Reports.STORE,
                "A1.1 PASS",
                "A1.2 FAIL",
                "A1.3 PASS",
                "A1.4 PASS",
                "A1.7 FAIL");
        Path after = Reports.write(
                folder.resolve("b.json"),
                Reports.STORE.replace("NATIVE", "NONE").replace("1048576", "2097152"),
                "A1.1 FAIL",
                "A1.2 PASS",
                "A1.3 NOT_RUN",
                "A1.5 PASS",
                "A1.6 FAIL",
                "A1.7 FAIL");
        CommandRun run = tck("diff", before.toString(), after.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.lines())
                .containsExactly(
                        "newly failing (2)",
                        "  A1.1 what A1.1 says: passed -> failed",
                        "  A1.6 what A1.6 says: nothing -> failed",
                        "newly passing (1)",
                        "  A1.2 what A1.2 says: failed -> passed",
                        "other result (1)",
                        "  A1.3 what A1.3 says: passed -> not run",
                        "added (1)",
                        "  A1.5 what A1.5 says: nothing -> passed",
                        "removed (1)",
                        "  A1.4 what A1.4 says: passed -> nothing",
                        "declared (2)",
                        "  snapshots: native -> none",
                        "  largest event: 1 MiB -> 2 MiB");
        assertThat(tck("diff", before.toString(), after.toString(), "--json").lines())
                .hasSize(8)
                .contains("{\"change\":\"NEWLY_FAILING\",\"rule\":\"A1.1\",\"before\":\"passed\",\"after\":\"failed\"}")
                .contains(
                        "{\"change\":\"DECLARED\",\"declared\":\"snapshots\",\"before\":\"native\",\"after\":\"none\"}");
        assertThat(tck("diff", before.toString(), before.toString()))
                .satisfies(same -> assertThat(same.exitCode()).isZero())
                .satisfies(same -> assertThat(same.error()).contains("no differences"));
    }

    @Test
    void a_file_that_is_no_report_is_bad_data() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"format\": \"\u001b[31m\"}");
        CommandRun run = tck("matrix", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_DATA.number());
        assertThat(run.error()).contains("is not a report").hasLineCount(1).doesNotContain("\u001b");
    }
}
