package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@Tag("locales")
class UsageTest {
    private static final String ESCAPE = "\u001b";

    static Stream<String> commands() {
        return commandLine().getSubcommands().keySet().stream();
    }

    private static CommandLine commandLine(String... arguments) {
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                System.err,
                Map.of(),
                Terminals.NONE,
                new Termination(hook -> {}));
        return HeadwaterCommand.commandLine(shell, new ErrorReport(shell), PipeOutput.standard(shell.out()), arguments);
    }

    /** The commands, including subcommands. */
    static Stream<String> allCommands() {
        return below(commandLine(), "");
    }

    private static Stream<String> below(CommandLine command, String path) {
        return command.getSubcommands().entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(path + entry.getKey()), below(entry.getValue(), path + entry.getKey() + " ")));
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void every_command_teaches_with_examples_exit_codes_and_its_options(String command) {
        CommandRun run = CommandRun.of((command + " --help").split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "  headwater " + command, "Exit codes:", "--help");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        for (ExitCode code : ExitCode.values()) {
            assertThat(run.out()).contains(code.number() + " ", code.meaning());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_run_builds_the_command_that_it_names_and_no_other(String command) {
        boolean aboutAll = command.equals("help") || command.equals("completion");
        assertThat(commandLine(command, "--json").getSubcommands().keySet())
                .containsExactlyElementsOf(aboutAll ? commands().toList() : List.of(command));
    }

    @Test
    void the_version_needs_no_command_and_the_help_needs_all() {
        assertThat(commandLine("--version").getSubcommands()).isEmpty();
        assertThat(commandLine("--help").getSubcommands())
                .hasSameSizeAs(commands().toList());
        assertThat(commandLine("raed").getSubcommands()).containsKey("read");
    }

    @Test
    void the_manual_has_every_command_and_exit_code() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "cli.md"));
        assertThat(commands()).allSatisfy(command -> assertThat(manual).contains("| `" + command));
        for (ExitCode code : ExitCode.values()) {
            assertThat(manual)
                    .contains("| %s | %s |"
                            .formatted(
                                    code.number(),
                                    code.meaning()
                                            .replace("headwater log | head", "`headwater log \\| head`")
                                            .replace("--debug", "`--debug`")));
        }
    }

    @Test
    void without_a_command_the_help_is_shown_and_it_counts_as_wrong_usage() {
        CommandRun run = CommandRun.of();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("Commands:", "import", "demo");
    }

    @Test
    void the_help_of_a_command_is_found_under_help_too() {
        assertThat(CommandRun.of("help", "append").out())
                .isEqualTo(CommandRun.of("append", "--help").out())
                .contains("append");
        assertThat(CommandRun.of("help", "subscriptions", "parked", "drop").out())
                .isEqualTo(CommandRun.of("subscriptions", "parked", "drop", "--help")
                        .out())
                .contains("never handled");
        assertThat(CommandRun.of("help").out())
                .isEqualTo(CommandRun.of("--help").out())
                .contains("Commands:");
    }

    @Test
    void the_options_of_the_command_itself_come_first_and_those_without_effect_not_at_all() {
        assertThat(CommandRun.of("log", "--help").out())
                .containsSubsequence("  --after=", "  --all", "  --url=", "  --json");
        assertThat(CommandRun.of("backends", "--help").out()).contains("--json").doesNotContain("--url");
        assertThat(CommandRun.of("completion", "--help").out()).doesNotContain("--json", "--url");
        assertThat(CommandRun.of("backends", "--url", "memory:").exitCode()).isZero();
    }

    @Test
    void the_version_is_told_by_every_command() {
        assertThat(CommandRun.of("--version").out()).startsWith("headwater ");
        assertThat(CommandRun.of("log", "--version").out())
                .isEqualTo(CommandRun.of("--version").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lgo                                        | unknown command 'lgo', did you mean log?",
                "inspect --help                             | unknown command 'inspect'; see 'headwater --help'",
                "ls                                         | unknown command 'ls'; see",
                "help inspect                               | unknown command 'inspect'; see",
                "help subscriptions rest                    | unknown command 'rest', did you mean reset?",
                "help exprot                                | unknown command 'exprot', did you mean export?",
                "log --limt 2                               | unknown option '--limt', did you mean --limit?",
                "log --wholly-different                     | unknown option '--wholly-different'; see",
                "log extra                                  | unknown argument 'extra'",
                "log --limit abc                            | invalid value for option '--limit': 'abc'",
                "log --limit 0                              | --limit is 0: at least 1 is expected",
                "log --limit 3 --all                        | --all and --limit exclude each other",
                "log --type=                                | '--type': it is empty",
                "export --category=                         | '--category': it is empty",
                "streams --prefix=                          | '--prefix': it is empty",
                "log --after zz                             | 'zz' is not a position",
                "log --after 0000000000000001 --backwards   | --after reads forwards",
                "read                                       | missing required parameter: 'STREAM'",
                "read $all                                  | starts with '$'",
                "append a-1 T --id 1-2-3-4-5                | is not a UUID",
                "append a-1 T --metadata foo                | '--metadata': 'foo' is not KEY=VALUE",
                "append a-1 T --metadata u=1 --metadata u=2 | --metadata has 'u' twice",
                "read a-1 --limit five                      | 'five' is not a whole number",
                "read a-1 --from five                       | 'five' is not a whole number",
                "append a-1 T --expect maybe                | 'maybe' is not one of any|none|exists|VERSION",
                "truncate a-1 --before 0                    | --before is 0",
                "import nowhere.ndjson                      | file 'nowhere.ndjson' does not exist",
                "import --rejects x.ndjson                  | --rejects has no effect without",
                "info --url foo:x                           | no backend has the scheme 'foo'; installed: dynamodb, esdb,"
                        + " esdb+discover, kurrentdb, kurrentdb+discover, kdb, kdb+discover, memory, postgresql, postgres,"
                        + " sqlite",
                "info --url memory:x?colour=red             | colour",
                "info --url sqlite://h/x                    | names a host",
            })
    void wrong_usage_is_told_in_one_line(String arguments, String expected) {
        CommandRun run = CommandRun.of(arguments.split(" "));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void passwords_do_not_appear_in_messages() {
        assertThat(CommandRun.of("info", "--url", "foo://ann:s3cret@host/db?password=s3cret")
                        .error())
                .doesNotContain("s3cret");
    }

    @Test
    void a_stack_trace_is_shown_with_debug_only() {
        String[] args = {"append", "a-1", "T", "--expect", "3", "--url", "memory:"};
        assertThat(CommandRun.of(args).error()).doesNotContain("\tat ");
        assertThat(CommandRun.of(Stream.concat(Stream.of(args), Stream.of("--debug"))
                                .toArray(String[]::new))
                        .error())
                .contains("WrongExpectedVersion", "\tat io.headwater");
    }

    @Test
    void a_closed_pipe_ends_the_command_quietly() {
        ClosedPipe pipe = new ClosedPipe();
        PrintStream err = new PrintStream(pipe.errors, true);
        Shell shell = new Shell(
                InputStream.nullInputStream(), pipe, err, Map.of(), Terminals.NONE, new Termination(hook -> {}));
        assertThat(HeadwaterCommand.execute(shell, "backends")).isEqualTo(ExitCode.OUTPUT_CLOSED.number());
        assertThat(pipe.errors.size()).isZero();
    }

    private static final class ClosedPipe extends OutputStream {
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    @Test
    void what_a_terminal_would_act_on_never_reaches_it(@TempDir Path folder) {
        try (TestStores stores = TestStores.open("memory", folder)) {
            String hostile = "{\"x\":\"\u202e\u009b31m\"}";
            CommandRun.with(hostile, "append", "a-\u202e1", "T\u2028", "-", "--url", stores.url());
            CommandRun.with(ESCAPE + "]0;gotcha\u0007", "append", "a-2", "B", "-", "--binary", "--url", stores.url());
            CommandRun run = CommandRun.of("log", "--url", stores.url());
            assertThat(run.out()).contains("a-\\u202e1@1", "T\\u2028", "\\u009b31m", "(11 bytes)");
            assertThat(run.out().codePoints().filter(c -> c != '\n'))
                    .allSatisfy(c -> assertThat(Character.isISOControl(c)).isFalse());
            assertThat(CommandRun.of("streams", "--url", stores.url()).out()).doesNotContain("\u202e");
            for (String[] command : new String[][] {{"log"}, {"read", "a-\u202e1"}, {"streams"}, {"categories"}}) {
                String[] more = {"--json", "--url", stores.url()};
                String json = CommandRun.of(Stream.concat(Stream.of(command), Stream.of(more))
                                .toArray(String[]::new))
                        .out();
                assertThat(json).isNotEmpty().doesNotContain("\u202e", "\u009b", "\u2028");
            }
            assertThat(CommandRun.of("log", "--json", "--url", stores.url()).out())
                    .contains("{\"x\":\"\\u202e\\u009b31m\"}", "\"stream\":\"a-\\u202e1\"");
            Terminals terminal = new Terminals(false, true, false);
            assertThat(CommandRun.in(Map.of(), terminal, new byte[0], "export", "-q", "--url", stores.url())
                            .out())
                    .contains("\\u009b31m")
                    .doesNotContain("\u202e", "\u009b");
            assertThat(CommandRun.of("export", "-q", "--url", stores.url()).out())
                    .as("a file has the bytes of the data")
                    .contains(hostile);
            assertThat(CommandRun.of("read", ESCAPE + "[31m").error()).doesNotContain(ESCAPE);
        }
    }

    @Test
    void colours_are_for_terminals_that_want_them(@TempDir Path folder) {
        Terminals terminal = new Terminals(false, true, false);
        try (TestStores stores = TestStores.open("memory", folder)) {
            String[] args = {"info", "--url", stores.url()};
            assertThat(CommandRun.in(Map.of(), terminal, new byte[0], args).out())
                    .contains(ESCAPE + "[1m");
            assertThat(CommandRun.in(Map.of("NO_COLOR", "1"), terminal, new byte[0], args)
                            .out())
                    .doesNotContain(ESCAPE);
            assertThat(CommandRun.of(args).out()).doesNotContain(ESCAPE);
        }
    }

    @Test
    void arguments_that_the_locale_cannot_hold_are_refused_instead_of_mangled() {
        assertThat(CommandRun.of("read", "f\uFFFDr-1").error()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void completion_knows_the_commands_and_options() {
        assertThat(CommandRun.of("completion").out()).contains("complete -F", "import", "--on-error");
    }
}
