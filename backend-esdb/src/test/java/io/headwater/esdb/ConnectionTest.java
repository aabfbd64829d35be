package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.IncompatibleStore;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.StoreClosed;
import io.headwater.StoreMissing;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.tck.rule.Concurrently;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private static EventData event() {
        return EventData.of("Happened", Payload.json("{}"));
    }

    @Test
    void an_open_store_goes_on_when_the_server_restarts() {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                EventStore store = EventStores.open(EsdbFixture.url(server))) {
            store.append(STREAM, any(), event());
            server.restart();
            assertThat(store.readStream(STREAM).events()).hasSize(1);
            server.restart();
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(2);
        }
    }

    @Test
    void another_store_behind_the_same_address_is_told() {
        EsdbServer first = EsdbServer.start(Profile.V24);
        try (EventStore store = EventStores.open(EsdbFixture.url(first))) {
            first.close();
            try (EsdbServer second = EsdbServer.start(Profile.V24, first.port());
                    EventStore anew = EventStores.open(EsdbFixture.url(second))) {
                assertThatThrownBy(() -> store.append(STREAM, any(), event()))
                        .isInstanceOf(BackendFailure.class)
                        .hasMessageContaining("now holds another store");
                assertThatThrownBy(store::head).hasMessageContaining("now holds another store");
                assertThat(anew.version(STREAM)).isZero();
            }
        }
    }

    @Test
    void a_server_that_does_not_answer_is_unavailable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> EventStores.open("esdb://127.0.0.1:" + port + "?tls=false&callTimeout=300ms"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void nodes_that_do_not_answer_are_unavailable() {
        assertThatThrownBy(() -> EventStores.open("esdb://127.0.0.1:1,127.0.0.1:2?tls=false&callTimeout=300ms"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("127.0.0.1:1,127.0.0.1:2");
    }

    @Test
    void a_server_of_another_kind_is_refused() throws IOException {
        Server other = NettyServerBuilder.forPort(0).build().start();
        try {
            assertThatThrownBy(() -> EventStores.open("esdb://127.0.0.1:" + other.getPort() + "?tls=false"))
                    .isInstanceOf(IncompatibleStore.class)
                    .hasMessageContaining("is not an EventStoreDB");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void tls_to_a_server_without_it_is_refused() {
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            assertThatThrownBy(() -> EventStores.open("esdb://" + server.authority()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tls");
        }
    }

    @Test
    void a_store_is_not_created_where_that_is_forbidden() {
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            assertThatThrownBy(() -> EventStores.open(EsdbFixture.url(server) + "&schema=validate"))
                    .isInstanceOf(StoreMissing.class);
            EventStores.open(EsdbFixture.url(server)).close();
            EventStores.open(EsdbFixture.url(server) + "&schema=validate").close();
        }
    }

    @Test
    void a_connection_string_of_the_vendor_is_understood() {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                EventStore store = EventStores.open("kurrentdb+discover://admin:changeit@" + server.authority()
                        + "?tls=false&keepAliveInterval=10000&keepAliveTimeout=10000&maxDiscoverAttempts=3"
                        + "&discoveryInterval=100&gossipTimeout=3000&nodePreference=leader&defaultDeadline=5000"
                        + "&throwOnAppendFailure=true")) {
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(1);
        }
    }

    @Test
    void more_callers_than_a_connection_takes_calls_wait_for_each_other() {
        ExecutorService callers = Executors.newFixedThreadPool(200);
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                EventStore store = EventStores.open(EsdbFixture.url(server))) {
            CompletableFuture<?>[] appends = IntStream.range(0, 400)
                    .mapToObj(n -> CompletableFuture.runAsync(
                            () -> store.append(StreamId.of("order-" + n % 250), any(), event()), callers))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(appends).join();
            assertThat(IntStream.range(0, 250)
                            .mapToLong(n -> store.version(StreamId.of("order-" + n)))
                            .sum())
                    .isEqualTo(400);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void closing_a_store_ends_its_calls() {
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            EventStore store = EventStores.open(EsdbFixture.url(server));
            server.holdIndex();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller = new Thread(
                    () -> thrown.complete(Assertions.catchThrowable(() -> store.append(STREAM, any(), event()))));
            caller.start();
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
            store.close();
            assertThat(thrown.join()).isInstanceOf(StoreClosed.class);
        }
    }

    @Test
    void a_channel_of_the_application_stays_open() {
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            ManagedChannel channel = NettyChannelBuilder.forTarget(server.authority())
                    .usePlaintext()
                    .build();
            try {
                try (EventStore store = EsdbStore.on(channel).namespace("shop").open()) {
                    store.append(STREAM, any(), event());
                    server.restart();
                    assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(2);
                }
                assertThat(channel.isShutdown()).isFalse();
                try (EventStore store = EsdbStore.on(channel)
                        .namespace("shop")
                        .schema(SchemaMode.VALIDATE)
                        .openReadOnly()) {
                    assertThat(store.version(STREAM)).isEqualTo(2);
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void no_call_fails_when_the_server_ends_its_connections() throws Exception {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                EventStore store = EventStores.open(EsdbFixture.url(server))) {
            AtomicInteger ended = new AtomicInteger();
            List<Callable<Long>> work = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                StreamId stream = StreamId.of("order-" + writer);
                work.add(() -> {
                    long version = 0;
                    while (ended.get() < 3 || version < 10) {
                        version =
                                store.append(stream, exactly(version), event()).version();
                        assertThat(store.readStream(stream).version()).isEqualTo(version);
                    }
                    return version;
                });
            }
            work.add(() -> {
                for (int time = 0; time < 3; time++) {
                    server.goAway();
                    store.append(StreamId.of("marks"), any(), event());
                    ended.incrementAndGet();
                }
                return 3L;
            });

            long appended =
                    Concurrently.all(work).stream().mapToLong(Long::longValue).sum();

            assertThat(store.log(LogQuery.all())).hasSize((int) appended);
        }
    }

    @Test
    void a_tombstone_is_told_to_a_user_who_may_only_read() {
        StreamId tombstoned = StreamId.of("bestellung-ä");
        StreamId other = StreamId.of("bestellung-ö");
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                OtherTool tool = new OtherTool(server)) {
            try (EventStore store = EventStores.open(EsdbFixture.url(server) + "&namespace=headwater")) {
                store.append(tombstoned, any(), event());
                store.append(other, any(), event());
                store.facet(StreamAdmin.class).orElseThrow().tombstone(tombstoned, any());
            }
            tool.append("$settings", "update", "{\"$userStreamAcl\":{\"$r\":[\"$all\"],\"$w\":[\"$admins\"]}}");
            server.logins().ask();
            server.logins().put("reader", "s3cret");
            String url = "esdb://reader:s3cret@%s?tls=false&namespace=headwater".formatted(server.authority());
            try (EventStore store = EventStores.openReadOnly(url)) {
                assertThatThrownBy(() -> store.readStream(tombstoned)).isInstanceOf(StreamDeleted.class);
                assertThat(store.readStream(other).version()).isEqualTo(1);
            }
            try (EventStore store = EventStores.open(url)) {
                assertThatThrownBy(() -> store.append(other, any(), event()))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("$w on stream 'bestellung-ö'");
            }
        }
    }

    @Test
    void a_login_that_is_wrong_or_lacks_a_right_is_told() {
        try (EsdbServer server = EsdbServer.start(Profile.V24)) {
            server.logins().ask();
            server.logins().put("app", "s3cret");
            String url = "esdb://%s" + server.authority() + "?tls=false";

            assertThatThrownBy(() -> EventStores.open(url.formatted("app:wr0ng@")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("refuses the login")
                    .hasMessageNotContaining("wr0ng");
            assertThatThrownBy(() -> EventStores.open(url.formatted("")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the server wants a login");
            assertThatThrownBy(() -> EventStores.open(url.formatted("app:s3cret@")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("$r on stream '$headwater:store'");
            EventStores.open(url.formatted("app:s3cret@") + "&namespace=headwater")
                    .close();
        }
    }
}
