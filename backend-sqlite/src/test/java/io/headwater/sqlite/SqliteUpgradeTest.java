package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StoreSchema;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.Change;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.Positions;
import io.headwater.spi.Replication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of older formats, which lose nothing when they are brought to the newest, whatever happens meanwhile (L3). */
class SqliteUpgradeTest {
    private static final Clock CLOCK = Clock.fixed(OldStore.WRITTEN, ZoneOffset.UTC);
    private static final Duration TERM = Duration.ofSeconds(10);
    private static final Lease HELD = new Lease("held", "process 1 (old)", 1);
    private static final Instant UNTIL = Instant.parse("2027-11-30T15:29:17.332858Z");

    @TempDir
    Path folder;

    private Path file;
    private Map<String, List<String>> before;

    @BeforeEach
    void write() throws Exception {
        file = OldStore.in(folder);
        before = OldStore.rows(file);
        assertThat(OldStore.format(file)).isEqualTo(1);
    }

    private EventStore open(String options) {
        return EventStores.open(EventStoreConfig.of("sqlite:" + file + options).clock(CLOCK));
    }

    private void isUpgradedWhole() throws Exception {
        open("").close();
        assertThat(OldStore.format(file)).isEqualTo(SchemaScript.NEWEST);
        assertThat(OldStore.rows(file)).isEqualTo(before);
    }

    @Test
    void everything_is_there_afterwards() throws Exception {
        isUpgradedWhole();
        try (EventStore store = open("")) {
            assertThat(store.storeId()).isEqualTo(OldStore.ID);
            assertThat(store.log(LogQuery.all()).map(RecordedEvent::position).map(Positions::number))
                    .containsExactly(2L, 3L, 4L, 5L, 6L, 9L);
            RecordedEvent second =
                    store.readStream(StreamId.of("order-1")).events().get(0);
            assertThat(second.version()).isEqualTo(2);
            assertThat(second.id()).isEqualTo(new UUID(1, 2));
            assertThat(second.data()).isEqualTo(Payload.json("{\"n\": 1}"));
            assertThat(second.metadata().get("user")).contains("ü1");
            assertThat(store.facet(SnapshotStore.class).orElseThrow().load(StreamId.of("order-1"), "totals"))
                    .contains(new Snapshot(StreamId.of("order-1"), "totals", 3, Payload.json("{\"n\": 2}")));
            assertThatThrownBy(() -> store.readStream(StreamId.of("customer-7")))
                    .isInstanceOf(StreamDeleted.class);
        }
    }

    @Test
    void appends_go_on_where_they_were_and_repeats_are_known() {
        try (EventStore store = open("")) {
            StreamId again = StreamId.of("order-3");
            EventData repeat = EventData.json("Noted", "[2]").withId(new UUID(4, 2));
            assertThat(store.append(again, ExpectedVersion.noStream(), repeat).replayed())
                    .isTrue();
            assertThat(store.append(again, ExpectedVersion.exactly(2), EventData.json("Noted", "[3]"))
                            .position())
                    .isEqualTo(Positions.of(10));
        }
    }

    /** Its term is not known, so only the clock ends it, until its holder renews it. */
    @Test
    void a_lease_is_held_as_before_and_has_the_longest_term() {
        try (EventStore store = open("")) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            assertThat(checkpoints.holders()).containsExactly(new Holder(HELD, UNTIL, CheckpointStore.LONGEST_TERM, 0));
            assertThat(checkpoints.save(HELD, 0, Positions.of(5))).isEqualTo(SaveResult.SAVED);
            assertThat(checkpoints.renew(HELD, TERM)).isTrue();
            assertThat(checkpoints.holder("held")).contains(new Holder(HELD, OldStore.WRITTEN.plus(TERM), TERM, 1));
            assertThat(checkpoints.acquire("ran out", "new", TERM)).contains(new Lease("ran out", "new", 2));
            assertThat(checkpoints.acquire("released", "new", TERM)).contains(new Lease("released", "new", 3));
        }
    }

    /** It had the file open when another process brought it to the newest format: these are statements of format 1. */
    @Test
    void a_process_of_before_goes_on_and_its_renewals_are_seen() throws Exception {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement();
                EventStore store = open("")) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            Holder seen = checkpoints.holder("held").orElseThrow();
            assertThat(statement.executeUpdate("UPDATE subscriptions SET leased_until = leased_until + 1"
                            + " WHERE name = 'held' AND epoch = 1"))
                    .isEqualTo(1);
            assertThat(checkpoints.takeOver(seen, "new", TERM)).isEmpty();
            statement.executeUpdate("INSERT INTO subscriptions (name, epoch, owner, leased_until)"
                    + " VALUES ('another', 1, 'old', 9000000000000000)");
            assertThat(checkpoints.holder("another").orElseThrow().term()).isEqualTo(CheckpointStore.LONGEST_TERM);
        }
    }

    @Test
    void validation_says_what_to_do_and_changes_nothing() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        assertThatThrownBy(() -> open("?schema=validate"))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("has the format 1, this version needs format 3")
                .hasMessageContaining("headwater schema apply")
                .hasMessageContaining("versions that know only format 1 will refuse it");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    /** As by a store that is opened read-only. */
    @Test
    void a_file_that_is_only_read_is_read_as_it_is() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        try (EventStore store = open("?access=read")) {
            assertThat(store.storeId()).isEqualTo(OldStore.ID);
            assertThat(store.facet(CheckpointStore.class).orElseThrow().holders())
                    .containsExactly(new Holder(HELD, UNTIL, CheckpointStore.LONGEST_TERM, 0));
        }
        assertThat(OldStore.format(file)).isEqualTo(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void the_schema_is_applied_apart_from_opening() throws Exception {
        StoreSchema schema =
                EventStores.schema(EventStoreConfig.of("sqlite:" + file)).orElseThrow();
        assertThat(schema.format()).hasValue(1);
        assertThat(schema.newestFormat()).isEqualTo(SchemaScript.NEWEST);
        assertThat(schema.missing()).containsExactly("schema-2.sql", "schema-3.sql");
        assertThat(OldStore.format(file)).isEqualTo(1);
        assertThat(schema.apply()).containsExactly("schema-2.sql", "schema-3.sql");
        assertThat(schema.apply()).isEmpty();
        assertThat(schema.format()).hasValue(SchemaScript.NEWEST);
        assertThat(OldStore.rows(file)).isEqualTo(before);
        open("?schema=validate").close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "ADD COLUMN term",
                "ADD COLUMN renewals",
                "user_version = 2",
                "TABLE stream_changes",
                "TRIGGER stream_hidden",
                "TRIGGER stream_begun_hidden",
                "user_version = 3",
                "COMMIT"
            })
    void killed_before_its_commit_it_is_as_if_it_had_not_begun(String statement) throws Exception {
        try (UpgradingProcess process = UpgradingProcess.start(file, statement)) {
            assertThat(process.told()).isEqualTo(UpgradingProcess.STOPPED);
        }
        assertThat(OldStore.format(file)).isEqualTo(1);
        assertThat(OldStore.rows(file)).isEqualTo(before);
        isUpgradedWhole();
    }

    @Test
    void killed_after_its_commit_it_is_done() throws Exception {
        try (UpgradingProcess process = UpgradingProcess.start(file, "journal_mode")) {
            assertThat(process.told()).isEqualTo(UpgradingProcess.STOPPED);
        }
        assertThat(OldStore.format(file)).isEqualTo(SchemaScript.NEWEST);
        assertThat(OldStore.rows(file)).isEqualTo(before);
        isUpgradedWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TABLE stream_changes", "TRIGGER stream_begun_hidden", "user_version = 3", "COMMIT"})
    void a_file_of_format_2_is_upgraded_also_after_a_process_was_killed_at_it(String statement) throws Exception {
        OldStore.bringTo(2, file);
        if (!statement.isEmpty()) {
            try (UpgradingProcess process = UpgradingProcess.start(file, statement)) {
                assertThat(process.told()).isEqualTo(UpgradingProcess.STOPPED);
            }
            assertThat(OldStore.format(file)).isEqualTo(2);
        }
        isUpgradedWhole();
    }

    /** What was hidden before has no place in the log; what is hidden now has one. */
    @Test
    void the_changes_of_an_upgraded_file_are_its_appends_and_what_was_hidden_since() {
        StreamId order = StreamId.of("order-1");
        try (EventStore store = open("")) {
            store.facet(StreamAdmin.class).orElseThrow().truncateBefore(order, 3);
            List<Change> changes = store.facet(Replication.class)
                    .orElseThrow()
                    .changes(Position.START, LogFilter.all(), 100)
                    .changes();
            assertThat(changes.subList(0, changes.size() - 1)).hasOnlyElementsOfType(Change.Appended.class);
            assertThat(changes.get(changes.size() - 1)).isEqualTo(new Change.Truncated(Positions.of(10), order, 3));
        }
    }

    /** It had the file open when another process brought it to the newest format: these are statements of format 2. */
    @Test
    void a_process_of_before_that_hides_events_takes_a_place_in_the_log_too() throws Exception {
        OldStore.bringTo(2, file);
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement();
                EventStore store = open("")) {
            statement.executeUpdate("UPDATE streams SET first = 3 WHERE name = 'order-1'");
            assertThat(store.head()).isEqualTo(Positions.of(10));
            assertThat(store.append(StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Noted", "[4]"))
                            .position())
                    .isEqualTo(Positions.of(11));
            ChangePage page =
                    store.facet(Replication.class).orElseThrow().changes(Positions.of(9), LogFilter.all(), 100);
            assertThat(page.changes()).hasSize(2).element(0).isInstanceOf(Change.Truncated.class);
        }
    }

    @Test
    void the_changes_of_a_file_of_an_older_format_are_read_as_they_are() throws Exception {
        try (EventStore store = open("?access=read")) {
            assertThat(store.facet(Replication.class)
                            .orElseThrow()
                            .changes(Position.START, LogFilter.all(), 100)
                            .changes())
                    .hasOnlyElementsOfType(Change.Appended.class)
                    .isNotEmpty();
        }
        assertThat(OldStore.format(file)).isEqualTo(1);
    }

    @Test
    void two_processes_that_do_it_at_once_do_it_once() throws Exception {
        try (UpgradingProcess stopped = UpgradingProcess.start(file, "COMMIT")) {
            assertThat(stopped.told()).isEqualTo(UpgradingProcess.STOPPED);
            try (UpgradingProcess one = UpgradingProcess.start(file, "");
                    UpgradingProcess two = UpgradingProcess.start(file, "")) {
                stopped.kill();
                assertThat(List.of(one.told(), two.told())).containsOnly(UpgradingProcess.DONE);
            }
        }
        isUpgradedWhole();
    }
}
