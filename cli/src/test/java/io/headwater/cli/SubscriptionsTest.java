package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.FailurePolicy;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String HOSTILE = "x\u001b[31m\n";

    @TempDir
    Path folder;

    private TestStores stores;

    @BeforeEach
    void fill() {
        stores = TestStores.open("memory", folder);
        CommandRun.with("""
                {"stream":"order-1","type":"Placed","data":{}}
                {"stream":"order-1","type":"Paid","data":{}}
                {"stream":"order-2","type":"Placed","data":{}}
                {"stream":"loan-1","type":"Requested","data":{}}
                """, "import", "--url", stores.url());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private CommandRun run(String command) {
        return CommandRun.of(arguments(command));
    }

    private CommandRun typed(String answer, String command) {
        byte[] input = answer.getBytes(StandardCharsets.UTF_8);
        return CommandRun.in(Map.of(), new Terminals(true, false, false), input, arguments(command));
    }

    private String[] arguments(String command) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of("--url", stores.url()))
                .toArray(String[]::new);
    }

    private Position checkpoint(String name) {
        return stores.store().subscriptions().find(name).orElseThrow().position();
    }

    private Subscription parking(String... failing) {
        SubscriptionOptions options = SubscriptionOptions.durable("billing").onFailure(FailurePolicy.park());
        Subscription subscription = stores.store().subscribe(options, event -> {
            if (Stream.of(failing).anyMatch(event.stream().value()::equals)) {
                throw new IllegalStateException(HOSTILE + event.version());
            }
        });
        assertThat(subscription.awaitLive(DEADLINE)).isTrue();
        return subscription;
    }

    private Stream<String> parked() {
        return stores.store()
                .subscriptions()
                .parked("billing")
                .map(ParkedEvent::stream)
                .map(Object::toString);
    }

    @Test
    void the_list_tells_how_far_each_is_and_who_runs_it() {
        run("tail --name half --limit 2");
        run("tail --name loans --category loan --exit-when-live");
        try (Subscription running = parking("order-1")) {
            CommandRun list = run("subscriptions");
            assertThat(list.lines().get(0)).startsWith("NAME").contains("STATE", "LAG", "PARKED", "RUN BY");
            assertThat(list.lines())
                    .anyMatch(line -> line.matches("billing +running +0{15}[04] .* 2 +all +process .*"))
                    .anyMatch(line -> line.matches("half +stopped +0{15}2 +2 +\\d.* +0 +all +-"))
                    .anyMatch(line -> line.matches("loans +stopped +0{15}4 +0 +- +0 +category loan +-"));
            assertThat(list.error()).contains("subscriptions parked list");
            assertThat(running.name()).isPresent();
        }
    }

    @Test
    void machines_get_the_same() {
        run("tail --name half --limit 2");
        assertThat(run("subscriptions --json").out())
                .startsWith(
                        "{\"subscription\":\"half\",\"selection\":\"all\",\"position\":\"0000000000000002\",\"savedAt\":")
                .contains("\"lagEvents\":2,\"lagIsAtLeast\":false,\"lagMillis\":", "\"parked\":0,\"audited\":false}")
                .doesNotContain("holder");
        try (Subscription running = parking()) {
            assertThat(run("subscriptions --json").out()).contains("\"holder\":\"process ");
            assertThat(running.name()).isPresent();
        }
    }

    @Test
    void a_store_without_any_says_how_to_begin_one() {
        assertThat(run("subscriptions").error()).isEqualTo("""
                headwater: there are no durable subscriptions: 'headwater tail --name NAME' begins one
                """);
        assertThat(run("subscriptions").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscriptions reset bililng --from-now --yes",
                "subscriptions forget bililng --yes",
                "subscriptions parked list bililng",
                "subscriptions parked replay bililng",
                "subscriptions parked drop bililng --yes",
                "audit --name bililng",
            })
    void an_unknown_name_is_refused_and_nothing_begun(String command) {
        CommandRun run = run(command);
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(run.error())
                .isEqualTo("headwater: there is no subscription 'bililng' in this store;"
                        + " 'headwater subscriptions' lists those there are\n");
        assertThat(stores.store().subscriptions().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscriptions reset half                              | the position is missing: add one of"
                        + " --from-beginning",
                "subscriptions reset half --from-now --from-beginning  | exclude each other",
                "subscriptions reset half --after 0fffffffffffffff     | beyond",
                "subscriptions reset                                   | missing required parameter: 'NAME'",
                "subscriptions rest half                               | unknown command 'rest', did you mean reset?",
                "subscriptions half                                    | unknown command 'half'",
                "subscriptions --json forget half                      | --json precedes 'forget': put it after",
                "subscriptions parked half                             | unknown command 'half'",
                "audit                                                 | missing required option: '--name",
            })
    void wrong_usage_is_told_in_one_line(String command, String expected) {
        run("tail --name half --limit 2");
        CommandRun run = run(command + " --yes".repeat(command.contains("0fff") ? 1 : 0));
        assertThat(run.error()).startsWith("headwater: ").contains(expected).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(checkpoint("half")).isEqualTo(Positions.of(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset half --from-beginning", "forget half"})
    void nothing_is_done_without_a_yes(String command) {
        run("tail --name half --limit 2");
        CommandRun run = run("subscriptions " + command);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("of 'half' was not done: add --yes to confirm");
        assertThat(typed("other\n", "subscriptions " + command).error()).contains("nothing was changed");
        assertThat(checkpoint("half")).isEqualTo(Positions.of(2));
        assertThat(typed("half\n", "subscriptions " + command).exitCode()).isZero();
        assertThat(run("tail --name half --exit-when-live").lines()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "--from-beginning, 0",
        "--from-now, 4",
        "--after 0000000000000003, 3",
        "--from-time 2001-01-01T00:00:00Z, 0",
    })
    void reset_sets_it_back_or_forth(String to, long position) {
        run("tail --name half --limit 2");
        CommandRun run = run("subscriptions reset half --yes " + to);
        assertThat(run.out())
                .isEqualTo("'half' was reset; its next run continues after " + Positions.of(position) + "\n");
        assertThat(checkpoint("half")).isEqualTo(Positions.of(position));
    }

    @ParameterizedTest
    @CsvSource({
        "--at-commit 4711 --yes, this store has no commit positions",
        "--at-commit 4711 --from-now --yes, use it alone",
        "--yes, the position is missing",
    })
    void a_position_that_cannot_be_used_resets_nothing(String to, String why) {
        run("tail --name half --limit 2");
        CommandRun run = run("subscriptions reset half " + to);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains(why);
        assertThat(checkpoint("half")).isEqualTo(Positions.of(2));
    }

    @Test
    void what_is_done_is_told_to_machines() {
        run("tail --name half --limit 2");
        assertThat(run("subscriptions reset half --from-now --yes --json").out())
                .isEqualTo("{\"reset\":\"half\",\"position\":\"0000000000000004\"}\n");
        assertThat(run("subscriptions forget half --yes --json").out()).isEqualTo("{\"forgotten\":\"half\"}\n");
        assertThat(stores.store().subscriptions().list()).isEmpty();
    }

    @Test
    void parked_events_are_listed_with_what_made_them_fail() {
        parking("order-1").close();
        CommandRun list = run("subscriptions parked list billing");
        assertThat(list.lines())
                .satisfiesExactly(
                        heading -> assertThat(heading).startsWith("POSITION"),
                        first -> assertThat(first)
                                .contains("order-1@1", "Placed", "IllegalStateException: x\\u001b[31m\\u000a1"),
                        behind -> assertThat(behind).contains("order-1@2", "Paid", " 0 ", "parked behind"));
        assertThat(list.out()).doesNotContain("\u001b");
        assertThat(run("subscriptions parked list billing --json").lines())
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line)
                        .startsWith("{\"position\":\"0000000000000001\",\"stream\":\"order-1\",\"version\":1,")
                        .contains("\\u001B[31m\\n1\"", "\"attempts\":1", "\"replayRequested\":false"));
    }

    @Test
    void parked_events_are_replayed_by_the_next_process_that_runs_it() {
        parking("order-1", "order-2").close();
        CommandRun one = run("subscriptions parked replay billing --stream order-2");
        assertThat(one.out()).isEqualTo("1 event of 'billing' to be handled again\n");
        assertThat(one.error()).contains("no process runs it now");
        assertThat(run("subscriptions parked list billing").lines())
                .filteredOn(line -> line.contains("requested"))
                .hasSize(1);
        assertThat(run("subscriptions parked replay billing --json").out())
                .isEqualTo("{\"subscription\":\"billing\",\"replayed\":3}\n");
        try (Subscription running = parking("loan-1")) {
            Awaitility.await().atMost(DEADLINE).until(() -> parked().findAny().isEmpty());
            assertThat(running.name()).isPresent();
        }
        assertThat(run("subscriptions parked list billing").error()).contains("'billing' has nothing parked");
    }

    @Test
    void parked_events_are_given_up_after_a_yes() {
        parking("order-1", "order-2").close();
        assertThat(run("subscriptions parked drop billing").error()).contains("was not done: add --yes");
        assertThat(typed("no\n", "subscriptions parked drop billing").error()).contains("3 parked events");
        assertThat(parked()).hasSize(3);
        assertThat(run("subscriptions parked drop billing --stream order-1 --yes")
                        .out())
                .isEqualTo("2 parked events of 'billing' dropped\n");
        assertThat(parked()).containsExactly("order-2");
        assertThat(run("subscriptions parked drop billing --yes --json").out())
                .isEqualTo("{\"subscription\":\"billing\",\"dropped\":1}\n");
        assertThat(run("subscriptions parked drop billing").out()).contains("0 parked events");
    }

    @Test
    void the_commands_for_parked_events_are_shown_when_none_is_named() {
        CommandRun run = CommandRun.of("subscriptions", "parked");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("Commands:", "replay", "drop");
    }
}
