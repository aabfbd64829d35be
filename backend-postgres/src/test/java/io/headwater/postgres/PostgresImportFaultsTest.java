package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.tck.net.FaultProxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break or hang, and a server that refuses, while an import copies its rows. */
class PostgresImportFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int EVENTS = 1000;
    private static final int EVENT_BYTES = 10_000;

    private final String namespace = PostgresFixture.name();
    private final EventStore direct = EventStores.open(PostgresFixture.url(namespace));
    private final List<AppendRequest> requests = requests();
    private FaultProxy proxy;
    private EventStore store;

    @BeforeEach
    void start() throws Exception {
        proxy = FaultProxy.to("localhost", PostgresFixture.port());
        store = EventStores.open(
                "postgresql://postgres@localhost:%s/postgres?namespace=%s&listen=off&poolSize=1&socketTimeout=10m"
                        .formatted(proxy.port(), namespace));
    }

    @AfterEach
    void end() throws Exception {
        proxy.close();
        store.close();
        direct.close();
    }

    private static List<AppendRequest> requests() {
        EventData[] events = IntStream.range(0, EVENTS)
                .mapToObj(i -> EventData.binary("Imported", new byte[EVENT_BYTES]))
                .toArray(EventData[]::new);
        return IntStream.range(0, EVENTS)
                .mapToObj(i ->
                        AppendRequest.to(StreamId.of("order", Integer.toString(i)), ExpectedVersion.any(), events[i]))
                .toList();
    }

    private List<AppendOutcome> importAll() {
        return store.facet(BulkImport.class).orElseThrow().appendAll(requests);
    }

    private void nothingIsWritten() {
        assertThat(direct.log(LogQuery.all())).isEmpty();
        assertThat(direct.version(StreamId.of("order", "0"))).isZero();
    }

    private void itGoesThroughNow() {
        assertThat(importAll()).hasSize(EVENTS);
        assertThat(direct.log(LogQuery.all())).hasSize(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, 9_900_000})
    void a_connection_that_is_cut_leaves_nothing_behind(long bytes) {
        proxy.cutInRequest(bytes, 1);
        assertThatThrownBy(this::importAll).isInstanceOf(StoreUnavailable.class);
        assertThat(proxy.cuts()).isOne();
        nothingIsWritten();
        itGoesThroughNow();
    }

    @Test
    void a_refusal_by_the_server_leaves_nothing_behind_and_a_connection_that_can_be_used() throws Exception {
        PostgresFixture.execute("ALTER TABLE %s.events ADD CONSTRAINT few CHECK (version < 1)".formatted(namespace));
        assertThatThrownBy(this::importAll).hasMessageContaining("violates check constraint");
        nothingIsWritten();
        PostgresFixture.execute("ALTER TABLE %s.events DROP CONSTRAINT few".formatted(namespace));
        itGoesThroughNow();
    }

    private CompletableFuture<Throwable> importing() {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                importAll();
                ended.complete(new AssertionError("was not interrupted"));
            } catch (RuntimeException e) {
                ended.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag is gone", e));
            }
        });
        caller.setName("import");
        caller.start();
        return ended;
    }

    private static void interrupt() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("import"))
                .forEach(Thread::interrupt);
    }

    @Test
    void one_that_is_interrupted_while_it_waits_for_others_ends() throws Exception {
        int process;
        try (Connection other = PostgresFixture.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE %s.events IN EXCLUSIVE MODE".formatted(namespace));
            CompletableFuture<Throwable> ended = importing();
            process = PostgresFixture.awaitWaiting("COPY %" + namespace + "%");
            interrupt();
            assertThat(ended.get(1, TimeUnit.MINUTES)).isInstanceOf(OperationInterrupted.class);
        }
        // It was asked to end, not cut off.
        assertThat(PostgresFixture.processes("true")).contains(process);
        nothingIsWritten();
        itGoesThroughNow();
    }

    @Test
    void one_that_is_interrupted_while_nothing_passes_ends() throws Exception {
        long before = proxy.requestBytes();
        proxy.drip(1_000, Duration.ofMillis(1));
        CompletableFuture<Throwable> ended = importing();
        await().atMost(PATIENCE).until(() -> proxy.requestBytes() > before + 100_000);
        proxy.blackHole();
        interrupt();
        assertThat(ended.get(1, TimeUnit.MINUTES)).isInstanceOf(OperationInterrupted.class);
        proxy.heal();
        proxy.cutAll();
        nothingIsWritten();
        itGoesThroughNow();
    }
}
