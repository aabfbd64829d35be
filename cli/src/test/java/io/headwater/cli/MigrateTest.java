package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.dynamodb.DynamoFixture;
import io.headwater.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrateTest {
    private static final String LOSSES = "SNAPSHOTS";

    @TempDir
    Path folder;

    private String from;
    private String to;
    private Path plan;

    @BeforeEach
    void fill_the_source() {
        from = "sqlite:" + folder.resolve("old.db");
        to = "sqlite:" + folder.resolve("new.db");
        plan = folder.resolve("plan.json");
        append(0, 50);
    }

    private void append(int first, int count) {
        try (EventStore store = EventStores.open(from)) {
            for (int i = first; i < first + count; i++) {
                store.append(StreamId.of("order-" + i % 7), ExpectedVersion.any(), EventData.json("Placed", "" + i));
            }
        }
    }

    private CommandRun run(String... command) {
        List<String> all = new ArrayList<>(List.of("migrate"));
        all.addAll(List.of(command));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private CommandRun plan(String... more) {
        List<String> all =
                new ArrayList<>(List.of("plan", "--name", "new", "--from", from, "--to", to, "--out", plan.toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void a_store_is_planned_copied_verified_and_its_state_told() throws IOException {
        CommandRun planned = plan();
        assertThat(planned.exitCode()).isEqualTo(1);
        assertThat(planned.out())
                .contains(
                        "loss SNAPSHOTS: snapshots are not copied",
                        "50 events (390 bytes) to copy; reading them took",
                        "--accept " + LOSSES);
        assertThat(run("copy", plan.toString()))
                .returns(1, CommandRun::exitCode)
                .returns("", CommandRun::out)
                .extracting(CommandRun::error)
                .asString()
                .contains("NOT_ACCEPTED: " + LOSSES);
        assertThat(run("status", plan.toString()).out()).contains("NOT_BEGUN");
        assertThat(plan("--accept", LOSSES).out()).contains("accepted loss SNAPSHOTS", "The migration can begin");
        Path report = folder.resolve("report.json");
        CommandRun copied = run("copy", plan.toString(), "--report", report.toString());
        assertThat(copied.exitCode()).as(copied.error()).isZero();
        assertThat(copied.out()).contains("copied 50 events");
        assertThat(Files.readString(report)).contains("\"state\":\"COPIED\",\"events\":50", "\"backend\":\"sqlite\"");
        append(50, 3);
        assertThat(run("status", plan.toString(), "--json").out()).contains("\"state\":\"COPYING\",\"events\":50");
        assertThat(run("copy", plan.toString(), "--json").out()).contains("\"state\":\"COPIED\",\"events\":3");
        for (String depth : List.of("counts", "versions", "full")) {
            CommandRun verified = run("verify", plan.toString(), "--depth", depth);
            assertThat(verified.exitCode()).as(verified.out()).isZero();
            assertThat(verified.out()).contains("no difference");
        }
        assertThat(run("status", plan.toString()).out()).contains("COPIED", "events        53", "no process");
    }

    @Test
    void differences_have_an_exit_code_of_their_own_and_are_all_written_to_a_file() throws IOException {
        plan("--accept", LOSSES);
        run("copy", plan.toString());
        try (EventStore store = EventStores.open(to)) {
            store.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("order-1"), 3);
            store.append(StreamId.of("own-1"), ExpectedVersion.any(), EventData.json("Foreign", "{}"));
        }
        Path all = folder.resolve("all.ndjson");
        Path report = folder.resolve("report.json");
        CommandRun verified =
                run("verify", plan.toString(), "--differences", all.toString(), "--report", report.toString());
        assertThat(verified.exitCode()).isEqualTo(6);
        assertThat(verified.out())
                .contains("EXTRA own-1@1: only the target has it", "STREAM order-1: in the source it is at version 7");
        assertThat(Files.readAllLines(all)).hasSize(3);
        assertThat(Files.readString(report)).contains("\"equal\":false", "\"EXTRA\":1");
        assertThat(run("verify", plan.toString(), "--json").lines()).hasSize(4);
    }

    @Test
    void a_migration_at_which_another_process_works_ends_with_code_7() {
        plan("--accept", LOSSES);
        try (EventStore store = EventStores.open(to)) {
            CheckpointStore leases = store.facet(CheckpointStore.class).orElseThrow();
            assertThat(leases.acquire("migration/new", "the other", Duration.ofMinutes(1)))
                    .isPresent();
            CommandRun refused = run("copy", plan.toString());
            assertThat(refused.exitCode()).as(refused.error()).isEqualTo(7);
            assertThat(refused.error()).contains("another migrator is at work: the other");
            assertThat(run("status", plan.toString()).out()).contains("at work       the other");
            assertThat(run("verify", plan.toString()).exitCode()).isEqualTo(7);
        }
    }

    @Test
    void a_plan_counts_what_would_be_lost_and_shows_the_first_places() {
        try (EventStore store = EventStores.open(from)) {
            store.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("order-1"), 3);
            store.facet(Scavenger.class).orElseThrow().scavenge();
            store.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("order-2"), 5);
        }
        to = DynamoFixture.url();
        CommandRun planned = plan();
        assertThat(planned.out())
                .contains(
                        "loss VERSIONS (1): in place of scavenged events",
                        "    stream 'order-1': 2 events",
                        "note HIDDEN (4)");
        assertThat(plan("--json").lines())
                .contains("{\"kind\":\"note\",\"code\":\"HIDDEN\",\"count\":4,\"examples\":[],\"meaning\":\""
                        + "hidden events are copied, and hidden in the target\",\"remedy\":\"scavenge the source first"
                        + " to leave them behind\"}")
                .last()
                .asString()
                .startsWith("{\"kind\":\"plan\",\"ready\":false,")
                .contains("\"complete\":true,\"events\":48,");
        assertThat(plan("--scan", "none").out()).doesNotContain("VERSIONS (").contains("The source was not read");
        plan("--accept", "BOUNDARIES,REPEATS,RECORDED_AT," + LOSSES);
        assertThat(run("copy", plan.toString()).error())
                .contains("NOT_ACCEPTED: VERSIONS at versions 1 to 2 of stream 'order-1'");
    }

    @Test
    void a_plan_has_no_password_and_the_commands_take_it_from_the_environment() {
        CommandRun refused = run(
                "plan",
                "--name",
                "x",
                "--from",
                from,
                "--to",
                "postgresql://ann:s3cret@localhost:1/shop",
                "--out",
                plan.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.error()).contains("HEADWATER_TO_PASSWORD").doesNotContain("s3cret");
        assertThat(plan).doesNotExist();
        CommandRun unknown = CommandRun.in(
                Map.of("HEADWATER_FROM_PASSWORD", "s3cret"),
                Terminals.NONE,
                new byte[0],
                "migrate",
                "plan",
                "--name",
                "x",
                "--from",
                from,
                "--to",
                to);
        assertThat(unknown.error()).contains("password").doesNotContain("s3cret");
        assertThat(unknown.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan                                    | 2 | name a plan, or else give --name, --from and --to",
                "plan pom.xml --name x                   | 2 | name a plan, or else give --name, --from and --to",
                "plan --name x --from memory: --to memory: --accept ALL | 2 | 'ALL' is not one of APPEND_SPLIT,",
                "copy nowhere.json                       | 2 | there is no file 'nowhere.json'",
                "copy pom.xml                            | 4 | 'pom.xml' is not a plan",
                "copy pom.xml --patience soon            | 2 | 'soon' is not a duration",
                "verify pom.xml --depth deep             | 2 | 'deep' is not one of counts|versions|full",
            })
    void wrong_usage_is_told_in_one_line(String arguments, int code, String expected) {
        CommandRun run = run(arguments.split(" "));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(code);
    }

    @Test
    void a_plan_that_is_damaged_or_newer_is_refused_with_code_4() throws IOException {
        for (String text : List.of(
                "{\"format\":\"headwater-migration/9\",\"name\":\"a\",\"from\":\"b\",\"to\":\"c\"}",
                "{\"format\":\"headwater-migration/1\"}",
                "{\"format\":\"headwater-migration/1\",\"colour\":\"red\"}",
                valid("\"only\":{}"),
                valid("\"changes\":[{\"change\":\"renameType\",\"of\":\"A\"}]"),
                valid("\"changes\":[{\"change\":\"drop\"}]"),
                valid("\"changes\":[{\"change\":\"redact\",\"of\":\"email\"}]"),
                valid("\"changes\":[{\"change\":\"paint\",\"of\":\"A\"}]"))) {
            Files.writeString(plan, text);
            assertThat(run("status", plan.toString()).exitCode()).isEqualTo(4);
        }
    }

    private static String valid(String more) {
        return "{\"format\":\"headwater-migration/1\",\"name\":\"a\",\"from\":\"memory:a\",\"to\":\"memory:b\"," + more
                + "}";
    }

    @Test
    void a_plan_says_which_streams_are_taken_and_what_is_changed() throws IOException {
        String written = "{\"format\":\"headwater-migration/1\",\"name\":\"new\",\"from\":\"%s\",\"to\":\"%s\","
                + "\"only\":{\"prefixes\":[\"order-\"],\"streams\":[\"x-1\"]},\"without\":{\"streams\":[\"order-1\"]},"
                + "\"changes\":[{\"change\":\"renameCategory\",\"of\":\"order\",\"to\":\"sale\"},"
                + "{\"change\":\"setMetadata\",\"of\":\"moved\",\"to\":\"yes\",\"types\":[\"Placed\"]},"
                + "{\"change\":\"drop\",\"types\":[\"Noise\"]}],\"accept\":[\"REPEATS\"]}\n";
        Files.writeString(plan, written.formatted(from, to));
        CommandRun planned = run("plan", plan.toString(), "--accept", LOSSES, "--out", plan.toString());
        assertThat(planned.exitCode()).as(planned.out()).isZero();
        assertThat(run("plan", plan.toString()).out()).contains("can begin: headwater migrate copy " + plan);
        assertThat(Files.readString(plan))
                .isEqualTo(written.formatted(from, to).replace("\"REPEATS\"", "\"REPEATS\",\"SNAPSHOTS\""));
        assertThat(run("copy", plan.toString()).out()).contains("copied 43 events");
        assertThat(run("verify", plan.toString()).out()).contains("compared 43 events", "no difference");
        try (EventStore store = EventStores.open(to)) {
            assertThat(store.log(LogQuery.all()))
                    .hasSize(43)
                    .allSatisfy(event -> assertThat(event.stream().value()).startsWith("sale-"))
                    .allSatisfy(
                            event -> assertThat(event.metadata().get("moved")).contains("yes"));
        }
        Files.writeString(plan, Files.readString(plan).replace("\"yes\"", "\"no\""));
        assertThat(run("copy", plan.toString()).error()).contains("OTHER_PLAN");
    }

    @Test
    void only_a_plan_is_replaced_by_a_plan() throws IOException {
        Files.writeString(plan, "notes");
        assertThat(plan().exitCode()).isEqualTo(2);
        assertThat(Files.readString(plan)).isEqualTo("notes");
    }

    @Test
    void a_source_that_does_not_exist_is_not_created() {
        Path nowhere = folder.resolve("nowhere.db");
        assertThat(run("plan", "--name", "x", "--from", "sqlite:" + nowhere, "--to", to)
                        .exitCode())
                .isEqualTo(2);
        assertThat(nowhere).doesNotExist();
    }
}
