package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.esdb.Faults.Fault;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another store behind the address of an open one: every call is refused, whatever the server holds (K5). */
class ReplacedServerTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final Duration TERM = Duration.ofMinutes(1);

    private EsdbServer server = EsdbServer.start(Profile.V24);
    private final FaultyStore faulty = new FaultyStore(server, Duration.ofSeconds(20));
    private final EventStore onChannel = faulty.store();
    private final EventStore ofUrl = EventStores.open(EsdbFixture.url(server));

    @AfterEach
    void close() {
        faulty.close();
        ofUrl.close();
        server.close();
    }

    private static EventData event() {
        return EventData.json("Happened", "{}");
    }

    /** Starts an empty server in place of the one that was opened, with a store of its own or with none. */
    private void replace(boolean withStore) {
        int port = server.port();
        server.close();
        server = EsdbServer.start(Profile.V24, port);
        if (withStore) {
            EventStores.open(EsdbFixture.url(server)).close();
        }
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("now holds another store than the one that was opened");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_call_is_refused(boolean withStore) {
        for (EventStore store : List.of(onChannel, ofUrl)) {
            store.append(STREAM, any(), event());
        }
        replace(withStore);
        for (EventStore store : List.of(onChannel, ofUrl)) {
            refused(() -> store.append(STREAM, any(), event()));
            refused(() -> store.readStream(STREAM));
            refused(() -> store.readLog(LogQuery.all()));
            refused(store::head);
            refused(store::lastDecided);
            refused(() -> store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, any()));
            refused(() -> store.facet(CheckpointStore.class).orElseThrow().acquire("billing", "a", TERM));
            refused(() -> store.facet(SnapshotStore.class)
                    .orElseThrow()
                    .save(new Snapshot(STREAM, "state", 1, Payload.json("{}"))));
        }
        try (EventStore other = EventStores.open(EsdbFixture.url(server))) {
            assertThat(other.log(LogQuery.all())).isEmpty();
        }
    }

    @Test
    void an_append_whose_request_was_lost_is_unknown() {
        faulty.faults().then(Fault.requestLost().after(() -> replace(true)));
        Throwable thrown = catchThrowable(() -> onChannel.append(STREAM, any(), event()));
        assertThat(thrown)
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("now holds another store than the one that was opened");
    }

    @Test
    void a_subscription_ends_and_handles_nothing() {
        List<Long> handled = new CopyOnWriteArrayList<>();
        ofUrl.append(STREAM, any(), event());
        try (Subscription subscription =
                ofUrl.subscribe(SubscriptionOptions.ephemeral(), event -> handled.add(event.version()))) {
            await().atMost(30, SECONDS).until(() -> handled.size() == 1);
            replace(true);
            try (EventStore other = EventStores.open(EsdbFixture.url(server))) {
                other.append(STREAM, any(), event(), event());
            }
            await().atMost(30, SECONDS).until(() -> subscription.state() == SubscriptionState.FAILED);
            assertThat(catchThrowable(() ->
                            subscription.completion().toCompletableFuture().join()))
                    .hasRootCauseInstanceOf(BackendFailure.class);
            assertThat(handled).containsExactly(1L);
        }
    }
}
