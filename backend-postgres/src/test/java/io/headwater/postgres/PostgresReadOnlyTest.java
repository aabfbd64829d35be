package io.headwater.postgres;

import static io.headwater.postgres.PostgresFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreMissing;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.UnsupportedCapability;
import io.headwater.postgres.PostgresFixture.Place;
import io.headwater.spi.HeldAppends;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that are opened read-only by a role that may select and nothing else (L4, L5). */
class PostgresReadOnlyTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private final Place place = PostgresFixture.place();
    private final String role = PostgresFixture.name();
    private EventStore store;

    @BeforeEach
    void open_a_store_and_make_a_role() throws SQLException {
        store = EventStores.open(place.url());
        append(3);
        execute(
                "CREATE ROLE " + role + " LOGIN",
                "GRANT USAGE ON SCHEMA " + place.namespace() + " TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + place.namespace() + " TO " + role,
                "GRANT SELECT ON ALL SEQUENCES IN SCHEMA " + place.namespace() + " TO " + role);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            store.append(STREAM, ExpectedVersion.any(), EventData.json("Placed", "{}"));
        }
    }

    private String url() {
        return place.url().replace("postgres@", role + "@");
    }

    private static List<Long> versions(EventStore of) {
        return of.log(LogQuery.all()).map(RecordedEvent::version).toList();
    }

    @Test
    void a_role_that_may_only_select_reads_everything() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        store.facet(SnapshotStore.class).orElseThrow().save(new Snapshot(STREAM, "state", 3, Payload.json("{}")));
        try (EventStore reader = EventStores.openReadOnly(url())) {
            assertThat(reader.isReadOnly()).isTrue();
            assertThat(reader.storeId()).isEqualTo(store.storeId());
            assertThat(reader.head()).isEqualTo(store.head());
            assertThat(versions(reader)).containsExactly(1L, 2L, 3L);
            assertThat(reader.readStream(STREAM).version()).isEqualTo(3);
            assertThat(reader.positionAt(yesterday)).isLessThan(reader.head());
            assertThat(reader.positionAt(Instant.now().plus(Duration.ofDays(1))))
                    .isEqualTo(reader.head());
            assertThat(reader.facet(SnapshotStore.class).orElseThrow().load(STREAM, "state"))
                    .isPresent();
            assertThat(reader.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 10))
                    .hasSize(1);
            assertThat(reader.facet(Diagnostics.class).orElseThrow().describe()).containsEntry("events", "3");
            assertThat(reader.subscriptions().list()).isEmpty();
        }
    }

    /** Times are marked when a position of a time is first asked for, which a reader must not do. */
    @Test
    void positions_of_times_are_found_without_marks() throws SQLException {
        append(1200);
        try (EventStore reader = EventStores.openReadOnly(place.url())) {
            assertThat(reader.positionAt(Instant.EPOCH)).isLessThan(reader.head());
            assertThat(count("time_marks")).isZero();
        }
        assertThat(store.positionAt(Instant.EPOCH)).isLessThan(store.head());
        assertThat(count("time_marks")).isEqualTo(1);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = PostgresFixture.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + place.namespace() + "." + table)) {
            found.next();
            return found.getLong(1);
        }
    }

    @Test
    void a_role_that_may_only_select_follows_what_others_append() throws InterruptedException {
        BlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        try (EventStore reader = EventStores.openReadOnly(url());
                Subscription subscription = reader.subscribe(
                        SubscriptionOptions.ephemeral().fromBeginning(), event -> handled.add(event.version()))) {
            assertThat(subscription.awaitLive(Duration.ofSeconds(30))).isTrue();
            append(2);
            List<Long> got = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                got.add(handled.poll(30, TimeUnit.SECONDS));
            }
            assertThat(got).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    /** Every role sees the floor of an append in progress; otherwise its event would be skipped (G3). */
    @Test
    void a_role_that_may_only_select_does_not_go_past_an_append_that_is_under_way() {
        try (EventStore reader = EventStores.openReadOnly(url())) {
            Position before = reader.head();
            var held = store.facet(HeldAppends.class)
                    .orElseThrow()
                    .hold(AppendRequest.to(StreamId.of("held-1"), ExpectedVersion.any(), EventData.json("Held", "{}")));
            append(1);
            assertThat(reader.head()).isEqualTo(before);
            held.commit();
            assertThat(versions(reader)).hasSize(5);
        }
    }

    @Test
    void a_role_whose_transactions_only_read_is_enough() throws SQLException {
        execute("ALTER ROLE " + role + " SET default_transaction_read_only = on");
        try (EventStore reader = EventStores.openReadOnly(url())) {
            assertThat(versions(reader)).containsExactly(1L, 2L, 3L);
            assertThat(reader.positionAt(Instant.EPOCH)).isLessThan(reader.head());
        }
    }

    @Test
    void a_role_whose_transactions_only_read_is_told_how_to_open_the_store() throws SQLException {
        execute("ALTER ROLE " + role + " SET default_transaction_read_only = on");
        assertThatThrownBy(() -> EventStores.open(url())).hasMessageContaining("access=read");
    }

    @Test
    void the_facets_that_write_for_the_application_are_absent() {
        try (EventStore reader = EventStores.openReadOnly(url())) {
            assertThat(reader.facet(PostgresTransactions.class)).isEmpty();
            assertThat(reader.facet(HeldAppends.class)).isEmpty();
            assertThatThrownBy(() -> reader.append(STREAM, ExpectedVersion.any(), EventData.json("T", "{}")))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("opened read-only");
        }
    }

    @Test
    void a_pool_of_the_application_is_read_likewise() {
        try (EventStore reader = place.store().openReadOnly()) {
            assertThat(reader.isReadOnly()).isTrue();
            assertThat(versions(reader)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void a_schema_that_is_not_there_is_missing_and_not_made() throws SQLException {
        String none = PostgresFixture.name();
        assertThatThrownBy(() -> EventStores.open(PostgresFixture.url(none) + "&access=read&schema=create"))
                .isInstanceOf(StoreMissing.class)
                .hasMessageContaining("has no tables of a store, and opening it read-only");
        try (Connection connection = PostgresFixture.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT FROM pg_namespace WHERE nspname = '" + none + "'")) {
            assertThat(found.next()).isFalse();
        }
    }

    @Test
    void a_schema_of_an_earlier_version_is_refused_and_left_as_it_is() throws SQLException {
        execute("DELETE FROM " + place.namespace() + ".migrations WHERE version = " + Migration.ALL.size());
        assertThatThrownBy(() -> EventStores.openReadOnly(place.url()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("this release needs version " + Migration.ALL.size());
        assertThat(count("migrations")).isEqualTo(Migration.ALL.size() - 1);
    }

    /** Where rows are copied and the sequence is not, the floor of appends is not copied either: readers could skip events. */
    @Test
    void a_copy_whose_sequence_is_behind_is_refused_and_not_set() throws SQLException {
        execute("SELECT setval('" + place.namespace() + ".tickets', 1)");
        assertThatThrownBy(() -> EventStores.openReadOnly(place.url()))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("logical replication");
        try (Connection connection = PostgresFixture.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT last_value FROM " + place.namespace() + ".tickets")) {
            found.next();
            assertThat(found.getLong(1)).isEqualTo(1);
        }
    }

    @Test
    void a_right_that_is_missing_is_named_with_what_to_grant() throws SQLException {
        execute("REVOKE SELECT ON " + place.namespace() + ".migrations FROM " + role);
        assertThatThrownBy(() -> EventStores.openReadOnly(url()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("permission denied for table migrations")
                .hasMessageContaining("for access=read SELECT is enough");
    }
}
