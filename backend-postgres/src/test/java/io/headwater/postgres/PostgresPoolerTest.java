package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.rule.Concurrently;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A store behind a pooler that gives every transaction another connection to the server. */
class PostgresPoolerTest {
    private static final int WRITERS = 8;
    private static final int APPENDS = 20;

    private final String database = PostgresFixture.name();
    private TransactionPooler pooler;

    @BeforeEach
    void start() throws Exception {
        PostgresFixture.execute("CREATE DATABASE " + database);
        pooler = TransactionPooler.to(PostgresFixture.port());
    }

    @AfterEach
    void end() throws Exception {
        pooler.close();
    }

    private String url() {
        return url(pooler.port());
    }

    private String url(int port) {
        return "postgresql://postgres@localhost:%s/%s".formatted(port, database);
    }

    private static void append(EventStore store, StreamId stream) {
        store.append(stream, ExpectedVersion.any(), EventData.json("Appended", "{}"));
    }

    @Test
    void the_contract_is_kept_with_default_options() {
        assertIsKept(ServerRules.of(url()));
    }

    @Test
    @Tag("full")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void all_rules_hold_and_send_no_other_statements() {
        assertIsKept(ServerRules.of(url()));
        Set<String> known = statements();
        assertIsKept(ServerRules.ofAll(url()));
        assertThat(known).containsAll(statements());
    }

    /** Without pages of the log, whose conditions random scripts combine anew each time. */
    private Set<String> statements() {
        return pooler.statements().stream()
                .filter(text -> !text.contains("AS bytes_before"))
                .collect(Collectors.toSet());
    }

    private void assertIsKept(Tck tck) {
        TckReport report = tck.run();
        assertThat(report.fixtureProblem()).isEmpty();
        assertThat(report.with(Status.FAIL)).extracting(RuleResult::text).isEmpty();
        assertThat(pooler.transactions()).isGreaterThan(1000);
    }

    @Test
    void another_isolation_level_of_the_database_makes_no_difference() throws Exception {
        PostgresFixture.execute(
                "ALTER DATABASE " + database + " SET default_transaction_isolation = 'serializable'",
                "ALTER DATABASE " + database + " SET synchronous_commit = off");
        StreamId stream = StreamId.of("shared", "1");
        try (EventStore store = EventStores.open(url())) {
            Concurrently.times(WRITERS, writer -> () -> {
                for (int i = 0; i < APPENDS; i++) {
                    append(store, stream);
                    assertThat(store.log(LogQuery.all())).doesNotContainNull();
                }
                return writer;
            });
            assertThat(store.version(stream)).isEqualTo(WRITERS * APPENDS);
        }
    }

    /** Others get the same connections. */
    @Test
    void nothing_is_left_behind_on_the_connections_of_the_server() throws Exception {
        try (EventStore store = EventStores.open(url())) {
            append(store, StreamId.of("order", "1"));
            assertThat(store.log(LogQuery.all())).hasSize(1);
        }
        for (int i = 0; i < WRITERS; i++) {
            assertThat(PostgresFixture.texts(
                            pooled(0),
                            "SELECT count(*) || current_setting('idle_in_transaction_session_timeout') FROM"
                                    + " pg_prepared_statements"))
                    .containsExactly("00");
        }
    }

    private PGSimpleDataSource pooled(int prepareThreshold) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {pooler.port()});
        source.setDatabaseName(database);
        source.setUser("postgres");
        source.setPrepareThreshold(prepareThreshold);
        return source;
    }

    @Test
    void statements_that_are_to_be_prepared_are_refused_with_the_remedy() {
        assertThatThrownBy(() -> EventStores.open(url() + "?prepareThreshold=1"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("prepareThreshold");
        assertThatThrownBy(() -> PostgresStore.on(pooled(5)).open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("prepareThreshold");
    }

    @Test
    void a_pool_of_the_application_goes_through_it() {
        try (EventStore store =
                PostgresStore.on(pooled(0)).listeningOn(pooled(0)).open()) {
            append(store, StreamId.of("order", "1"));
            assertThat(store.version(StreamId.of("order", "1"))).isEqualTo(1);
        }
    }

    /** Notifications never come through it, but they go through it. */
    @Test
    void appends_are_followed_on_both_sides_of_it() throws Exception {
        AtomicInteger behind = new AtomicInteger();
        AtomicInteger direct = new AtomicInteger();
        try (EventStore store = EventStores.open(url());
                EventStore other = EventStores.open(url(PostgresFixture.port()));
                Subscription one = store.subscribe(SubscriptionOptions.ephemeral(), event -> behind.incrementAndGet());
                Subscription two =
                        other.subscribe(SubscriptionOptions.ephemeral(), event -> direct.incrementAndGet())) {
            append(store, StreamId.of("order", "1"));
            append(other, StreamId.of("order", "2"));
            await().until(() -> behind.get() == 2 && direct.get() == 2);
            assertThat(one.completion().toCompletableFuture()).isNotDone();
            assertThat(two.completion().toCompletableFuture()).isNotDone();
        }
    }
}
