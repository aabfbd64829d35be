package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.StoreSchema;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Replication;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema of an older version, in which a lease is held without a term (L3). */
class PostgresUpgradeTest {
    /** The last version whose leases have no term. */
    private static final int BEFORE = 4;

    private static final Duration TERM = Duration.ofSeconds(10);
    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");
    private static final Lease HELD = new Lease("held", "old", 7);

    private final String name = PostgresFixture.name();
    private final Namespace namespace = new Namespace(name);
    private final String url = PostgresFixture.url(name);

    @BeforeEach
    void make_it_as_it_was() throws SQLException {
        PostgresFixture.execute(
                "CREATE SCHEMA " + name,
                ("CREATE TABLE %s.migrations (version integer PRIMARY KEY, file text NOT NULL, checksum text NOT NULL,"
                                + " applied_at timestamptz NOT NULL DEFAULT now())")
                        .formatted(name));
        for (Migration migration : Migration.ALL.subList(0, BEFORE)) {
            PostgresFixture.execute(
                    namespace.replaced(migration.script()),
                    "INSERT INTO %s.migrations (version, file, checksum) VALUES (%s, '%s', '%s')"
                            .formatted(name, migration.version(), migration.file(), migration.checksum()));
        }
        PostgresFixture.execute(
                "INSERT INTO %s.store (id, log_floor) VALUES ('old store', 0)".formatted(name),
                leaseOf(HELD.subscription()));
    }

    /** A statement of the older version. */
    private String leaseOf(String subscription) {
        return "INSERT INTO %s.subscriptions (name, epoch, owner, leased_until) VALUES ('%s', 7, 'old', %s)"
                .formatted(name, subscription, ValueCodes.micros(UNTIL));
    }

    @Test
    void a_lease_is_held_as_before_and_has_the_longest_term() {
        try (EventStore store = EventStores.open(url)) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            assertThat(store.storeId()).isEqualTo("old store");
            assertThat(checkpoints.holder("held")).contains(new Holder(HELD, UNTIL, CheckpointStore.LONGEST_TERM, 0));
            assertThat(checkpoints.renew(HELD, TERM)).isTrue();
            assertThat(checkpoints.holder("held").orElseThrow().term()).isEqualTo(TERM);
        }
    }

    @Test
    void a_process_of_before_goes_on_and_its_renewals_are_seen() throws SQLException {
        try (EventStore store = EventStores.open(url)) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            Holder seen = checkpoints.holder("held").orElseThrow();
            PostgresFixture.execute(
                    "UPDATE %s.subscriptions SET leased_until = leased_until + 1 WHERE name = 'held'".formatted(name),
                    leaseOf("another"));
            assertThat(checkpoints.takeOver(seen, "new", TERM)).isEmpty();
            assertThat(checkpoints.holder("another").orElseThrow().term()).isEqualTo(CheckpointStore.LONGEST_TERM);
        }
    }

    /** These are statements of the older version. */
    @Test
    void a_process_of_before_that_hides_events_takes_a_place_in_the_log_too() throws SQLException {
        StreamId stream = StreamId.of("order-1");
        try (EventStore store = EventStores.open(url)) {
            Position before = store.append(
                            stream,
                            ExpectedVersion.noStream(),
                            EventData.json("Noted", "1"),
                            EventData.json("Noted", "2"))
                    .position();
            PostgresFixture.execute(
                    "UPDATE %s.streams SET first = 2 WHERE name = 'order-1'".formatted(name),
                    "INSERT INTO %s.streams (name, version, tombstoned) VALUES ('order-2', 0, true)".formatted(name));
            Position after = store.append(stream, ExpectedVersion.exactly(2), EventData.json("Noted", "3"))
                    .position();
            List<Change> changes = store.facet(Replication.class)
                    .orElseThrow()
                    .changes(before, LogFilter.all(), 100)
                    .changes();
            assertThat(changes).hasSize(3);
            assertThat(changes.get(0))
                    .isInstanceOfSatisfying(
                            Change.Truncated.class,
                            truncated -> assertThat(truncated.position()).isBetween(before, after));
            assertThat(changes.get(1)).isInstanceOf(Change.Tombstoned.class);
        }
    }

    @Test
    void validation_says_what_to_do_and_the_schema_can_be_applied_apart_from_opening() {
        int newest = Migration.ALL.size();
        assertThatThrownBy(() -> EventStores.open(url + "&schema=validate"))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("is at version 4, this release needs version " + newest)
                .hasMessageContaining("releases that know only version 4 will refuse it then");
        StoreSchema schema = EventStores.schema(EventStoreConfig.of(url)).orElseThrow();
        assertThat(schema.format()).hasValue(BEFORE);
        assertThat(schema.newestFormat()).isEqualTo(newest);
        assertThat(schema.apply()).hasSize(newest - BEFORE);
        assertThat(schema.format()).hasValue(newest);
        EventStores.open(url + "&schema=validate").close();
    }

    @Test
    void a_newer_version_is_refused_with_both_named() throws SQLException {
        EventStores.open(url).close();
        PostgresFixture.execute(
                "INSERT INTO %s.migrations (version, file, checksum) VALUES (99, 'V099.sql', '')".formatted(name));
        assertThatThrownBy(() -> EventStores.open(url))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("is at version 99, this version knows up to " + Migration.ALL.size());
    }
}
