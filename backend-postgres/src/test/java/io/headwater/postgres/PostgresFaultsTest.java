package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.net.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break, hang or are slow between the store and the server. */
class PostgresFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int STEP = 37;

    private final String namespace = PostgresFixture.name();
    private final EventStore direct = EventStores.open(PostgresFixture.url(namespace));
    private FaultProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = FaultProxy.to("localhost", PostgresFixture.port());
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        direct.close();
    }

    private EventStore open(String options) {
        return EventStores.open("postgresql://postgres@localhost:%s/postgres?namespace=%s&%s"
                .formatted(proxy.port(), namespace, options));
    }

    /** Ways to append two events to a new stream, and how many bytes that takes at most. */
    enum Way {
        STATEMENT((store, stream) -> store.tryAppend(request(stream))),
        TRANSACTION((store, stream) -> store.facet(BulkImport.class)
                .orElseThrow()
                .appendAll(List.of(request(stream)))
                .get(0));

        final BiFunction<EventStore, StreamId, AppendOutcome> append;

        Way(BiFunction<EventStore, StreamId, AppendOutcome> append) {
            this.append = append;
        }

        /** The same for a stream whenever it is called. */
        private static AppendRequest request(StreamId stream) {
            List<EventData> events = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                UUID id = UUID.nameUUIDFromBytes((stream.value() + i).getBytes(StandardCharsets.UTF_8));
                events.add(EventData.json("Appended", "{}").withId(id));
            }
            return AppendRequest.to(stream, ExpectedVersion.noStream(), events);
        }
    }

    /** Cuts the connection at every place of the conversation, and looks whether what the caller is told is true. */
    @ParameterizedTest
    @EnumSource
    void wherever_a_connection_is_cut_the_caller_is_told_the_truth(Way way) throws Exception {
        List<String> told = new ArrayList<>();
        try (EventStore store = open("listen=off&poolSize=1")) {
            for (boolean inReply : new boolean[] {false, true}) {
                for (long bytes = 0; ; bytes += STEP) {
                    StreamId stream = StreamId.of(inReply ? "reply" : "request", Long.toString(bytes));
                    direct.version(stream);
                    store.version(stream);
                    int before = proxy.cuts();
                    if (inReply) {
                        proxy.cutInReply(bytes, 1);
                    } else {
                        proxy.cutInRequest(bytes, 1);
                    }
                    String outcome = outcome(way, store, stream);
                    proxy.heal();
                    told.add(outcome);
                    Appended again = (Appended) way.append.apply(store, stream);
                    assertThat(again.first().version()).isEqualTo(2);
                    assertThat(direct.readStream(stream).events()).hasSize(2);
                    if (proxy.cuts() == before) {
                        break;
                    }
                }
            }
        }
        assertThat(told).contains("appended", "unknown");
        if (way == Way.TRANSACTION) {
            assertThat(told).contains("unavailable");
        }
    }

    private String outcome(Way way, EventStore store, StreamId stream) {
        try {
            assertThat(way.append.apply(store, stream)).isNotNull();
            return "appended";
        } catch (AppendOutcomeUnknown e) {
            return "unknown";
        } catch (StoreUnavailable e) {
            assertThat(direct.version(stream)).as(e.getMessage()).isZero();
            return "unavailable";
        }
    }

    @Test
    void subscriptions_go_on_after_cuts_black_holes_and_a_server_that_is_away() throws Exception {
        List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
        try (EventStore store = open("socketTimeout=1s&connectTimeout=1s");
                Subscription subscription = store.subscribe(
                        SubscriptionOptions.durable("followed").audited(), event -> handled.add(event.id()))) {
            for (int round = 0; round < 3; round++) {
                append(10);
                proxy.cutAll();
                append(10);
                proxy.blackHole();
                append(10);
                await().atMost(PATIENCE).until(() -> proxy.held() > 0);
                proxy.heal();
                proxy.refuse();
                proxy.cutAll();
                append(10);
                proxy.acceptAgain();
                Set<UUID> all = new HashSet<>(ids());
                await().atMost(PATIENCE).until(() -> new HashSet<>(handled).equals(all));
            }
            assertThat(subscription.completion().toCompletableFuture()).isNotDone();
        }
        assertThat(new ArrayList<>(new LinkedHashSet<>(handled))).isEqualTo(ids());
        assertThat(direct.subscriptions().audit("followed").findings()).isEmpty();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            direct.append(StreamId.of("order", "1"), ExpectedVersion.any(), EventData.json("Appended", "{}"));
        }
    }

    private List<UUID> ids() {
        return direct.log(LogQuery.all()).map(RecordedEvent::id).toList();
    }

    @Test
    void a_server_that_says_nothing_is_given_up_and_what_arrives_late_is_not_written_twice() throws Exception {
        StreamId stream = StreamId.of("order", "1");
        try (EventStore store = open("listen=off&poolSize=1&socketTimeout=1s&connectTimeout=1s")) {
            store.version(stream);
            proxy.blackHole();
            assertThatThrownBy(() -> Way.STATEMENT.append.apply(store, stream))
                    .isInstanceOf(AppendOutcomeUnknown.class);
            assertThatThrownBy(() -> store.version(stream)).isInstanceOf(StoreUnavailable.class);
            proxy.heal();
            Appended again = (Appended) Way.STATEMENT.append.apply(store, stream);
            assertThat(again.first().version()).isEqualTo(2);
            assertThat(direct.readStream(stream).events()).hasSize(2);
            assertThat(direct.log(LogQuery.all())).hasSize(2);
        }
    }

    @Test
    void a_slow_line_is_only_slow() throws Exception {
        StreamId stream = StreamId.of("order", "1");
        EventData large = EventData.binary("Appended", new byte[20_000]);
        try (EventStore store = open("socketTimeout=5s")) {
            proxy.drip(2_000, Duration.ofMillis(2));
            store.append(stream, ExpectedVersion.noStream(), large);
            assertThat(store.readStream(stream).events()).hasSize(1);
        }
    }

    @Test
    void a_caller_that_is_interrupted_ends_also_when_the_server_says_nothing() throws Exception {
        StreamId stream = StreamId.of("order", "1");
        try (EventStore store = open("listen=off&poolSize=1&socketTimeout=10m")) {
            store.version(stream);
            proxy.blackHole();
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    assertThat(Way.STATEMENT.append.apply(store, stream)).isNull();
                } catch (RuntimeException e) {
                    ended.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag is gone", e));
                }
            });
            caller.start();
            await().atMost(PATIENCE).until(() -> proxy.held() > 0);
            caller.interrupt();
            assertThat(ended.get(1, TimeUnit.MINUTES))
                    .isInstanceOfAny(OperationInterrupted.class, AppendOutcomeUnknown.class);
        }
    }

    private List<Integer> listeners() throws SQLException {
        return PostgresFixture.processes("query = 'LISTEN \"headwater_%s\"'".formatted(direct.storeId()));
    }

    /** Nothing tells the client, as when a firewall forgets the connection. */
    @Test
    void a_connection_for_listening_that_was_lost_without_a_word_is_replaced() throws Exception {
        List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
        try (EventStore store = open("connectTimeout=1s");
                Subscription subscription =
                        store.subscribe(SubscriptionOptions.ephemeral(), event -> handled.add(event.id()))) {
            await().atMost(PATIENCE).until(() -> listeners().size() == 1);
            List<Integer> lost = listeners();
            proxy.blackHole();
            await().atMost(PATIENCE).until(() -> listening().anyMatch(PostgresFaultsTest::isConnecting));
            proxy.heal();
            await().atMost(PATIENCE).until(() -> listeners().stream().anyMatch(process -> !lost.contains(process)));
            append(1);
            await().atMost(PATIENCE).until(() -> handled.equals(ids()));
            assertThat(subscription.completion().toCompletableFuture()).isNotDone();
        }
    }

    /** The operator sees one line when it begins, and one when it is over. */
    @Test
    void a_listener_whose_server_process_dies_is_reported_until_it_is_back() throws Exception {
        try (CapturedLog log = CapturedLog.of("io.headwater.postgres.AppendListener");
                EventStore store = open("connectTimeout=1s")) {
            assertThat(listening(store)).startsWith("idle");
            try (Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {})) {
                await().atMost(PATIENCE)
                        .until(() -> listeners().size() == 1 && listening(store).equals("on"));
                proxy.refuse();
                PostgresFixture.execute(
                        "SELECT pg_terminate_backend(" + listeners().get(0) + ")");
                await().atMost(PATIENCE).until(() -> log.lines().size() == 1);
                proxy.acceptAgain();
                await().atMost(PATIENCE).until(() -> listening(store).equals("on"));
                assertThat(subscription.completion().toCompletableFuture()).isNotDone();
            }
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).contains("WARNING", "listening for appends", "found by polling");
            assertThat(log.lines().get(1)).contains("INFO", "works again");
        }
    }

    private static String listening(EventStore store) {
        return store.facet(Diagnostics.class).orElseThrow().describe().get("listening");
    }

    private static Stream<Thread> listening() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("headwater-postgres-listen"));
    }

    private static boolean isConnecting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("getConnection"));
    }

    @Test
    void a_store_that_is_closed_while_it_cannot_connect_ends_quietly() throws Exception {
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            EventStore store = open("connectTimeout=5s");
            Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), event -> {});
            assertThat(subscription.awaitLive(PATIENCE)).isTrue();
            proxy.blackHole();
            proxy.cutAll();
            await().atMost(PATIENCE).until(() -> listening().anyMatch(PostgresFaultsTest::isConnecting));
            store.close();
            assertThat(listening()).isEmpty();
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
