package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Position;
import io.headwater.spi.Positions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void fill() {
        stores = TestStores.open("sqlite", folder);
        CommandRun.with("""
                {"stream":"order-1","type":"Placed","data":{}}
                {"stream":"order-1","type":"Paid","data":{}}
                {"stream":"order-10","type":"Placed","data":{}}
                {"stream":"loan-1","type":"Requested","data":{}}
                {"stream":"order-1","type":"Shipped","data":{}}
                """, "import", "--url", stores.url());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private CommandRun run(String command) {
        return CommandRun.of(arguments(command));
    }

    private String[] arguments(String command) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of("--url", stores.url()))
                .toArray(String[]::new);
    }

    private Position checkpoint(String name) {
        return stores.store().subscriptions().find(name).orElseThrow().position();
    }

    @Test
    void lines_are_those_of_the_log() {
        assertThat(run("tail --from-beginning --exit-when-live").out())
                .isEqualTo(run("log").out());
        assertThat(run("tail --from-beginning --exit-when-live --json").out())
                .isEqualTo(run("log --json").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--category order                        | 4",
                "--category order --category loan        | 5",
                "--type Placed --type Paid               | 3",
                "--prefix order-1                        | 4",
                "--category order --prefix order-10      | 1",
                "--stream order-1                        | 3",
                "--stream order-1 --type Paid            | 1",
            })
    void filters_choose(String filters, int expected) {
        assertThat(run("tail --from-beginning --exit-when-live " + filters).lines())
                .hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from-beginning                    | 5",
                "--from-now                          | 0",
                "--after 0000000000000003            | 2",
                "--from-time 2001-01-01T00:00:00Z    | 5",
                "''                                  | 5",
            })
    void a_named_one_begins_at_the_beginning_unless_told_otherwise(String start, int expected) {
        CommandRun run = run(("tail --name t --exit-when-live " + start).strip());
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.lines()).hasSize(expected);
        assertThat(checkpoint("t")).isEqualTo(stores.store().head());
    }

    @Test
    void a_named_one_goes_on_where_its_limit_ended_it() {
        assertThat(run("tail --name t --limit 2").lines()).hasSize(2);
        assertThat(checkpoint("t")).isEqualTo(Positions.of(2));
        assertThat(run("tail --name t --limit 1").out()).contains("order-10@1");
        CommandRun rest = run("tail --name t --exit-when-live");
        assertThat(rest.lines()).hasSize(2);
        assertThat(rest.error())
                .contains("'t' continues after " + stores.store().head());
        CommandRun nothing = run("tail --name t --exit-when-live");
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.error()).contains("no events to print");
    }

    @Test
    void a_beginning_that_does_not_count_any_more_is_said() {
        run("tail --name t --limit 2");
        CommandRun again = run("tail --name t --from-beginning --exit-when-live");
        assertThat(again.lines()).hasSize(3);
        assertThat(again.error()).contains("'t' was begun before and continues after", "subscriptions reset");
    }

    @Test
    void another_selection_under_the_same_name_is_refused() {
        run("tail --name t --limit 1");
        CommandRun other = run("tail --name t --category order --exit-when-live");
        assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(other.error())
                .contains("headwater: ", "category order", "reset")
                .hasLineCount(1);
        assertThat(other.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--exit-when-live                            | would print nothing",
                "--exit-when-live --from-now                 | would print nothing",
                "--audited                                   | --audited requires --name",
                "--limit 0                                   | --limit is 0: at least 1",
                "--from-now --from-beginning                 | exclude each other",
                "--stream a-1 --category a                   | --stream excludes --category",
                "--from-time yesterday                       | 'yesterday' is not a time with offset",
                "--after 0fffffffffffffff --exit-when-live   | 0fffffffffffffff",
                "--name t\u001b[31m --exit-when-live         | name",
            })
    void wrong_usage_is_told_in_one_line(String options, String expected) {
        CommandRun run = run("tail " + options);
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.error()).doesNotContain("\u001b");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.out()).isEmpty();
    }

    @Test
    void one_that_was_audited_stays_so() {
        run("tail --name t --audited --limit 2");
        CommandRun next = run("tail --name t --exit-when-live");
        assertThat(next.error()).contains("'t' is audited, and so is this run");
        assertThat(run("audit --name t").exitCode()).isZero();
        assertThat(run("audit --name t").out()).contains("5 events handled");
        assertThat(run("subscriptions --json").out()).contains("\"audited\":true");
    }

    @Test
    void an_empty_store_is_caught_up_at_once() {
        try (TestStores empty = TestStores.open("memory", folder)) {
            CommandRun run = CommandRun.of("tail", "--name", "t", "--exit-when-live", "--url", empty.url());
            assertThat(run.exitCode()).isZero();
            assertThat(run.error()).contains("no events to print");
        }
    }

    /** Accepts this many writes, and then none any more. */
    private static final class Failing extends OutputStream {
        private final String message;
        private int left;

        Failing(int writes, String message) {
            this.left = writes;
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (left-- <= 0) {
                throw new IOException(message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, 141", "No space left on device, 3"})
    void an_event_that_could_not_be_written_is_not_handled(String problem, int exitCode) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                new Failing(2, problem),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                Map.of(),
                Terminals.NONE,
                new Termination(hook -> {}));
        assertThat(HeadwaterCommand.execute(shell, arguments("tail --name t --limit 4")))
                .isEqualTo(exitCode);
        assertThat(checkpoint("t")).isEqualTo(Positions.of(2));
        assertThat(run("tail --name t --exit-when-live").lines()).hasSize(3);
    }

    @Test
    void a_file_that_ends_within_a_line_is_noticed() throws IOException {
        Path file = folder.resolve("out");
        assertThat(LineEnds.endsWithinLine(file)).isFalse();
        assertThat(LineEnds.endsWithinLine(Files.writeString(file, ""))).isFalse();
        assertThat(LineEnds.endsWithinLine(Files.writeString(file, "{}\n"))).isFalse();
        assertThat(LineEnds.endsWithinLine(Files.writeString(file, "{}\n{\"po")))
                .isTrue();
    }
}
