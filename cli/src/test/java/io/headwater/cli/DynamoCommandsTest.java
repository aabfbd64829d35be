package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.dynamodb.DynamoFixture;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store in a table of DynamoDB, through the command. */
@Tag("locales")
class DynamoCommandsTest {
    @TempDir
    Path folder;

    private final String url = DynamoFixture.url();

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url");
        all.add(url);
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.error()).isZero();
    }

    @Test
    void events_are_appended_read_followed_exported_and_imported() throws IOException {
        assertDone(run("append", "order-1", "Placed", "{\"total\":30}"));
        assertDone(run("append", "order-1", "Paid", "{}", "--expect", "1"));
        assertThat(run("append", "order-1", "Paid", "{}", "--expect", "1").exitCode())
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(run("read", "order-1").lines()).hasSize(2);
        assertThat(run("tail", "--name", "billing", "--exit-when-live").lines()).hasSize(2);
        assertThat(run("streams").out()).contains("order-1");
        assertThat(run("info", "--json").out()).contains("\"events\":2", "\"backend\":\"dynamodb\"");
        Path file = folder.resolve("events.ndjson");
        assertDone(run("export", file.toString()));

        String other = DynamoFixture.url();
        assertDone(CommandRun.of("import", file.toString(), "--url", other));
        assertThat(CommandRun.of("export", "-q", "--url", other).out()).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b/../c", "!", "!e/0", "0000000000000001", "x\u202ey", "\ud83d\ude00", "#pk", ":pk", "' OR 1=1"
            })
    void names_of_streams_are_taken_as_they_are(String name) {
        assertDone(run("append", name, "Placed", "{}"));
        assertDone(run("append", name, "Paid", "{}", "--expect", "1"));
        assertThat(run("read", name, "--json").lines()).hasSize(2);
        assertThat(run("streams", "--json").lines()).hasSize(1);
        assertThat(run("log").lines()).hasSize(2);
    }

    @Test
    void the_longest_name_is_taken() {
        names_of_streams_are_taken_as_they_are("\ud83d\ude00".repeat(255 / 2));
    }

    @Test
    void a_command_that_reads_makes_neither_table_nor_store() {
        String nowhere = url.replace(DynamoFixture.TABLE, "nowhere");
        CommandRun info = CommandRun.of("info", "--url", nowhere);
        assertThat(info.error())
                .contains("there is no store at dynamodb://nowhere/")
                .hasLineCount(1);
        assertThat(info.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(CommandRun.of("schema", "check", "--url", nowhere).lines()).hasSize(2);
    }

    @Test
    void a_store_is_made_and_removed_apart_from_using_it() {
        assertThat(run("schema", "check").exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run("schema", "apply").out()).contains("store t");
        assertDone(run("append", "order-1", "Placed", "{}"));
        assertThat(run("schema", "print").out()).contains("\"TableName\": \"" + DynamoFixture.TABLE + "\"");

        CommandRun asked = run("schema", "drop");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(asked.error()).contains("read units", "add --yes to confirm");
        assertThat(run("read", "order-1").lines()).hasSize(1);

        assertThat(run("schema", "drop", "--yes", "--json").out()).matches("\\{\"removed\":\\d+}\\R");
        assertThat(run("schema", "check").exitCode()).isEqualTo(ExitCode.REFUSED.number());
        CommandRun again = run("schema", "drop", "--yes");
        assertThat(again.error()).contains("has no store 't").hasLineCount(1);
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void stores_of_other_kinds_are_not_removed_by_the_command() {
        CommandRun run = CommandRun.of("schema", "drop", "--yes", "--url", "sqlite:" + folder.resolve("events.db"));
        assertThat(run.error()).contains("are not removed by this command").hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    /** Loading it takes longer than a short command runs. */
    @Test
    void stores_of_other_kinds_load_nothing_of_the_sdk() throws Exception {
        String file = "sqlite:" + folder.resolve("events.db");
        assertDone(CommandRun.of("append", "order-1", "Placed", "{}", "--url", file));
        Process process =
                java("-verbose:class", "read", "order-1", "--url", file).start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(loaded)
                .contains("io.headwater.dynamodb.DynamoBackendProvider")
                .doesNotContain("software.amazon.awssdk", "org.apache.hc");
    }

    private static ProcessBuilder java(String option, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                HeadwaterCommand.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Test
    void the_lack_of_credentials_is_told_with_the_remedy() throws Exception {
        ProcessBuilder builder = java("-Xmx64m", "info", "--url", url);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment()
                .put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        File messages = folder.resolve("messages").toFile();
        Process process = builder.redirectError(messages).start();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.readString(messages.toPath(), StandardCharsets.UTF_8))
                .startsWith("headwater: no credentials for AWS are found: set AWS_ACCESS_KEY_ID")
                .hasLineCount(1);
    }
}
