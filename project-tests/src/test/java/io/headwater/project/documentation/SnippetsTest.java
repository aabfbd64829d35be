package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.project.Project;
import io.headwater.project.documentation.Program.Run;
import io.headwater.tck.Status;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the documentation shows does what the documentation says. */
class SnippetsTest {
    private static final StreamId ORDER = StreamId.of("order", "1");
    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open("memory:");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static EventData event(String type) {
        return EventData.json(type, "{}");
    }

    @Test
    void the_second_run_of_the_quick_start_stops_as_the_readme_says(@TempDir Path folder) {
        assertThat(Program.run("QuickStart", folder).exitCode()).isZero();
        Run second = Program.run("QuickStart", folder);
        assertThat(second.exitCode()).isEqualTo(1);
        String message = second.err()
                .lines()
                .filter(line -> line.contains("WrongExpectedVersion"))
                .findFirst()
                .orElseThrow();
        String conflict = message.substring(message.indexOf("WrongExpectedVersion"));
        assertThat(Project.read(Project.ROOT.resolve("README.md"))).contains(conflict);
    }

    @Test
    void decide_appends_to_what_was_read() {
        assertThat(Snippets.decide(store, ORDER)).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(store.version(ORDER)).isEqualTo(1);
    }

    /** The first call is stored, and its reply is lost. */
    @Test
    void repeat_stores_its_event_once() {
        List<AppendRequest> requests = new ArrayList<>();
        EventStore losing = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("append");
                    requests.add((AppendRequest) arguments[0]);
                    List<AppendResult> results = store.append(requests.get(requests.size() - 1));
                    if (requests.size() == 1) {
                        throw new AppendOutcomeUnknown("the reply was lost", null);
                    }
                    assertThat(results.get(0).replayed()).isTrue();
                    return results;
                });
        Snippets.repeat(losing, ORDER);
        assertThat(requests).hasSize(2);
        assertThat(store.version(ORDER)).isEqualTo(1);
    }

    @Test
    void handle_stores_a_command_once() {
        assertThat(Snippets.handle(store, ORDER, "key-1").replayed()).isFalse();
        assertThat(Snippets.handle(store, ORDER, "key-1").replayed()).isTrue();
        assertThat(Snippets.handle(store, ORDER, "key-2").replayed()).isFalse();
        assertThat(store.version(ORDER)).isEqualTo(2);
    }

    @Test
    void follow_reads_to_the_head_and_goes_on_from_there() {
        store.append(ORDER, ExpectedVersion.any(), EventData.json("OrderPaid", "1"), event("OrderPlaced"));
        List<String> paid = new ArrayList<>();
        Position first = Snippets.follow(store, Position.START.toString(), paid);
        assertThat(first).isEqualTo(store.head());
        assertThat(Snippets.follow(store, first.toString(), paid)).isEqualTo(first);
        assertThat(paid).containsExactly("1");
    }

    @Test
    void subscribe_handles_events_until_the_store_is_closed() {
        List<String> mails = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> main = CompletableFuture.runAsync(() -> Snippets.subscribe(store, mails));
        store.append(ORDER, ExpectedVersion.any(), event("OrderPlaced"), event("OrderPaid"));
        await().until(() -> mails.equals(List.of("paid: order-1")));
        assertThat(main).isNotDone();
        store.close();
        assertThat(main).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void transfer_writes_both_sides() {
        store.append(StreamId.of("account-a"), ExpectedVersion.noStream(), event("Opened"));
        store.append(StreamId.of("account-b"), ExpectedVersion.noStream(), event("Opened"));
        store.append(StreamId.of("limits-daily"), ExpectedVersion.noStream(), event("Set"));
        Snippets.transfer(store, event("Withdrawn"), event("Deposited"));
        assertThat(store.version(StreamId.of("account-a"))).isEqualTo(2);
        assertThat(store.version(StreamId.of("account-b"))).isEqualTo(2);
        assertThat(store.version(StreamId.of("limits-daily"))).isEqualTo(1);
    }

    @Test
    void all_ways_to_configure_say_the_same() {
        Map<String, String> environment = new HashMap<>();
        String variables = Program.snippet("environment").lines().findFirst().orElseThrow();
        for (String variable : variables.substring("// ".length()).split(" ")) {
            environment.put(
                    variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        List<EventStoreConfig> all = new ArrayList<>(Snippets.configurations());
        all.add(EventStoreConfig.fromEnvironment(environment));
        assertThat(all).hasSize(4).allSatisfy(config -> {
            assertThat(config.url().path()).isEqualTo("shop.db");
            assertThat(config.options())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("durability", "normal", "busyTimeout", "5s"));
        });
    }

    @Test
    void report_writes_a_page(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        assertThat(Snippets.report("memory:snippets", file).with(Status.FAIL)).isEmpty();
        assertThat(file).content().contains("append", "A4.1");
    }

    @Test
    void require_opens_a_store_that_has_what_is_required(@TempDir Path folder) {
        try (EventStore opened = Snippets.require("sqlite:" + folder.resolve("shop.db") + "?durability=full")) {
            assertThat(opened.capabilities().supports(Capability.SNAPSHOTS)).isTrue();
        }
    }
}
