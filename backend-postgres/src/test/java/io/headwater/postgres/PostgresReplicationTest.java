package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.IncompatibleStore;
import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A store in a database whose changes are published for logical replication. */
class PostgresReplicationTest {
    private static final String TABLES_WITHOUT_PRIMARY_KEY = """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = '%s' AND c.relkind = 'r'
                AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)""";

    @Test
    void every_table_has_a_primary_key() throws SQLException {
        PostgresFixture.Place place = PostgresFixture.place();
        EventStores.open(place.url()).close();
        assertThat(PostgresFixture.texts(TABLES_WITHOUT_PRIMARY_KEY.formatted(place.namespace())))
                .isEmpty();
    }

    @Test
    void a_store_of_before_gets_the_missing_key_when_it_is_opened() throws SQLException {
        PostgresFixture.Place place = PostgresFixture.place();
        PostgresFixture.execute(
                scriptBefore(3, place), "INSERT INTO %s.store VALUES ('before', 0)".formatted(place.namespace()));
        String tables = TABLES_WITHOUT_PRIMARY_KEY.formatted(place.namespace());
        assertThat(PostgresFixture.texts(tables)).containsExactly("store");
        assertThatThrownBy(() -> EventStores.open(place.url() + "&schema=validate"))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("is at version 2");
        try (EventStore store = EventStores.open(place.url())) {
            assertThat(store.storeId()).isEqualTo("before");
        }
        assertThat(PostgresFixture.texts(tables)).isEmpty();
    }

    /** What made a store before this version was there. */
    private static String scriptBefore(int version, PostgresFixture.Place place) {
        String script = PostgresSchema.script(new Namespace(place.namespace()));
        String next = new Namespace(place.namespace())
                .replaced(Migration.ALL.get(version - 1).script());
        return script.substring(0, script.indexOf(next));
    }

    /** The server refuses to update or remove rows of a table that is published and has no replica identity. */
    @Test
    void a_publication_for_all_tables_refuses_no_change() throws SQLException {
        String database = PostgresFixture.name();
        PostgresFixture.execute("CREATE DATABASE " + database);
        PostgresFixture.executeIn(database, "CREATE PUBLICATION everything FOR ALL TABLES");
        TckReport report = Tck.of("postgresql://postgres@localhost:%s/%s".formatted(PostgresFixture.port(), database))
                .profile(Profile.QUICK)
                .only("append", "bulk import", "delete", "truncate", "scavenge", "leases", "checkpoints", "records")
                .run();
        assertThat(report.with(Status.FAIL)).extracting(RuleResult::text).isEmpty();
        assertThat(report.with(Status.PASS)).hasSizeGreaterThan(50);
    }
}
