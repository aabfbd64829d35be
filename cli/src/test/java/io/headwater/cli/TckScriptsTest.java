package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capabilities;
import io.headwater.EventStores;
import io.headwater.Limits;
import io.headwater.Position;
import io.headwater.spi.Backend;
import io.headwater.tck.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code headwater tck fuzz} and {@code headwater tck compare}. */
class TckScriptsTest {
    @TempDir
    Path folder;

    private static CommandRun tck(String... arguments) {
        return CommandRun.of(
                Stream.concat(Stream.of("tck"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void a_store_that_keeps_the_contract() {
        CommandRun run = tck("fuzz", "--url", "memory:", "--scripts", "5", "--length", "10", "--seed", "4711");
        assertThat(run.lines())
                .singleElement()
                .asString()
                .startsWith("5 scripts, ")
                .endsWith("seed 4711: no difference");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void what_was_met_is_told_when_asked_for() {
        CommandRun run = tck("fuzz", "--url", "memory:", "--scripts", "5", "--met", "--quiet");
        assertThat(run.out()).contains("  append: appended\n");
        assertThat(tck("fuzz", "--url", "memory:", "--scripts", "5", "--json").out())
                .startsWith("{\"seed\":")
                .contains("\"scripts\":5,\"steps\":", "\"met\":{", "\"append: appended\":");
    }

    @Test
    void two_stores_are_compared() {
        String other = "sqlite:" + folder.resolve("other.db");
        CommandRun run =
                tck("compare", "--url", "memory:", "--with", other, "--scripts", "2", "--length", "10", "--seed", "1");
        assertThat(run.lines())
                .singleElement()
                .asString()
                .startsWith("2 scripts, ")
                .endsWith("no difference");
        assertThat(run.exitCode()).isZero();
    }

    /** A store that is always empty. */
    @Test
    void a_wrong_answer_is_shown_and_ends_with_code_1() {
        Backend wrong = (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Backend.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "capabilities" -> Capabilities.of(Limits.MIN);
                    case "head" -> Position.START;
                    default -> null;
                });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Shell shell = new Shell(
                new ByteArrayInputStream(new byte[0]), out, err, Map.of(), Terminals.NONE, new Termination(hook -> {}));
        ExitCode code = new FuzzOptions()
                .run("fuzz", Fuzz.of(() -> EventStores.over("wrong", wrong)).seed(1), shell);
        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("      expected  ", "      actual    broken: ", "a difference, repeat with seed 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fuzz                                          | name the store with --url",
                "fuzz --url foo:x                              | no backend has the scheme 'foo'",
                "fuzz --url memory: --scripts 0                | --scripts is 0: at least 1 is needed",
                "fuzz --url memory: --length many              | 'many' is not a whole number",
                "compare --url memory:                         | missing required option: '--with=URL'",
                "compare --with memory:                        | name the store with --url",
                "compare --url memory: --with foo:x            | no backend has the scheme 'foo'",
            })
    void wrong_usage_is_told_in_one_line(String arguments, String expected) {
        CommandRun run = tck(arguments.split(" "));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
