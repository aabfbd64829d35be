package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.IncompatibleStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The head, where the TCK cannot reach: numbers near their ends, transactions held open, and copies of the tables. */
class PostgresLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TWO_POW_30 = 1L << 30;
    private static final long TWO_POW_32 = 1L << 32;
    private static final StreamId STREAM = StreamId.of("other", "1");

    private final String namespace = PostgresFixture.name();
    private final EventStore store = EventStores.open(PostgresFixture.url(namespace));

    @AfterEach
    void close() {
        store.close();
    }

    private void giveTicketsUpTo(long ticket) throws Exception {
        PostgresFixture.execute("SELECT setval('%s.tickets', %s)".formatted(namespace, ticket));
    }

    private OpenAppend open(String stream) throws Exception {
        return OpenAppend.of(PostgresFixture.connect(), namespace, stream, UUID.randomUUID());
    }

    private Position append() {
        return store.append(STREAM, ExpectedVersion.any(), EventData.json("Appended", "{}"))
                .position();
    }

    private static List<Position> positions(LogPage page) {
        return page.events().stream().map(RecordedEvent::position).toList();
    }

    /** The floor's key is the lower half of a ticket only. */
    @ParameterizedTest
    @ValueSource(longs = {TWO_POW_30, 2 * TWO_POW_30, TWO_POW_32, 2 * TWO_POW_32})
    void an_open_append_holds_the_log_back_where_numbers_wrap(long border) throws Exception {
        giveTicketsUpTo(border - 3);
        Position before = append();
        try (OpenAppend held = open("held-1")) {
            Position first = append();
            Position second = append();
            Position third = append();
            LogPage during = store.readLog(LogQuery.all());
            assertThat(positions(during)).containsExactly(before);
            assertThat(during.scannedTo()).isEqualTo(before);
            held.commit();
            LogPage after = store.readLog(LogQuery.all().after(during.scannedTo()));
            assertThat(positions(after)).containsExactly(Positions.of(held.position()), first, second, third);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {TWO_POW_30, 2 * TWO_POW_30 - 10})
    void however_many_appends_an_open_one_outlasts_it_holds_the_log_back(long many) throws Exception {
        Position before = append();
        try (OpenAppend held = open("held-1")) {
            giveTicketsUpTo((held.position() >> 16) + many);
            append();
            assertThat(store.head()).isEqualTo(before);
        }
    }

    /** The sequence then has a last value that was given to no append. */
    @Test
    void an_append_after_the_sequence_was_restarted_holds_the_log_back() throws Exception {
        Position before = append();
        PostgresFixture.execute("ALTER SEQUENCE %s.tickets RESTART WITH %s".formatted(namespace, 3 * TWO_POW_30));
        try (OpenAppend held = open("held-1")) {
            append();
            assertThat(store.head()).isEqualTo(before);
            held.commit();
        }
        assertThat(positions(store.readLog(LogQuery.all()))).hasSize(3).isSorted();
    }

    private Map<String, String> facts() {
        return store.facet(Diagnostics.class).orElseThrow().describe();
    }

    @Test
    void operators_are_told_how_far_the_log_is_behind_and_who_holds_it_back() throws Exception {
        append();
        try (OpenAppend held = open("held-1")) {
            append();
            append();
            String process = "pid " + held.process();
            await().until(() -> !facts().get("log lag in seconds").equals("0"));
            assertThat(facts())
                    .containsEntry("appends under way", "1")
                    .containsEntry("log lag in appends", "3")
                    .hasEntrySatisfying(
                            "holds back the log (1)", who -> assertThat(who).startsWith(process + " ("));
        }
        await().untilAsserted(() -> assertThat(facts())
                .containsEntry("appends under way", "0")
                .containsEntry("log lag in appends", "0")
                .containsEntry("log lag in seconds", "0")
                .doesNotContainKey("holds back the log (1)"));
    }

    /** Else a checkpoint that was saved at the mark lies beyond the head when the mark is computed anew. */
    @Test
    void the_scavenger_does_not_move_the_mark_back() throws Exception {
        append();
        try (OpenAppend held = open("held-1");
                EventStore other = EventStores.open(PostgresFixture.url(namespace));
                Connection blocking = PostgresFixture.connect();
                Statement statement = blocking.createStatement()) {
            append();
            store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.any());
            blocking.setAutoCommit(false);
            statement.execute("SELECT id FROM %s.store FOR UPDATE".formatted(namespace));
            CompletableFuture<Long> scavenging = CompletableFuture.supplyAsync(
                    () -> store.facet(Scavenger.class).orElseThrow().scavenge());
            PostgresFixture.awaitWaiting("%" + namespace + "%");
            held.commit();
            Position mark = other.head();
            blocking.commit();
            scavenging.get(1, TimeUnit.MINUTES);
            try (EventStore third = EventStores.open(PostgresFixture.url(namespace))) {
                assertThat(third.head()).isGreaterThanOrEqualTo(mark);
            }
        }
    }

    /** As logical replication leaves it: all rows, and a sequence at its beginning. */
    @Test
    void a_copy_without_its_sequence_gives_no_position_again_also_of_what_was_scavenged() throws Exception {
        append();
        append();
        store.facet(StreamAdmin.class).orElseThrow().delete(STREAM, ExpectedVersion.any());
        store.facet(Scavenger.class).orElseThrow().scavenge();
        Position head = store.head();
        PostgresFixture.execute("SELECT setval('%s.tickets', 1)".formatted(namespace));
        try (EventStore copy = EventStores.open(PostgresFixture.url(namespace))) {
            EventData event = EventData.json("Appended", "{}");
            assertThat(copy.append(STREAM, ExpectedVersion.any(), event).position())
                    .isGreaterThan(head);
        }
    }

    /**
     * As a writer leaves it that was overtaken between reading the last ticket and taking its floor, and then stays
     * open.
     */
    private void takeFloor(Statement statement, Position below) throws Exception {
        statement.execute(
                "SELECT pg_advisory_xact_lock_shared('%s.tickets'::regclass::oid::bigint::bit(32)::integer, %s)"
                        .formatted(namespace, (Positions.number(below) >> 16) - 1));
    }

    @Test
    void a_checkpoint_is_taken_in_a_process_that_finds_a_lower_mark_than_others_saw() throws Exception {
        append();
        SubscriptionOptions options = SubscriptionOptions.durable("projection");
        Position last = append();
        try (Subscription first = store.subscribe(options, event -> {})) {
            assertThat(first.awaitPosition(last, PATIENCE)).isTrue();
        }
        try (Connection overtaken = PostgresFixture.connect();
                Statement statement = overtaken.createStatement()) {
            overtaken.setAutoCommit(false);
            takeFloor(statement, last);
            try (EventStore other = EventStores.open(PostgresFixture.url(namespace));
                    Subscription again = other.subscribe(options, event -> {})) {
                assertThat(other.head()).isLessThan(last);
                assertThat(other.lastDecided()).isEqualTo(last);
                assertThat(again.awaitLive(PATIENCE)).isTrue();
                overtaken.rollback();
                assertThat(again.awaitPosition(append(), PATIENCE)).isTrue();
            }
        }
    }

    /** Others may take tickets between the look that finds the sequence behind and the statement that moves it. */
    @Test
    void bringing_the_sequence_forward_never_sets_it_back() throws Exception {
        append();
        giveTicketsUpTo(1000);
        PostgresFixture.execute(new Namespace(namespace).sql(PostgresSchema.CATCH_UP));
        assertThat(append()).isGreaterThan(Positions.of(1000L << 16));
    }

    @Test
    void opening_read_only_leaves_the_sequence_as_it_is() throws Exception {
        append();
        PostgresFixture.execute("SELECT setval('%s.tickets', 1)".formatted(namespace));
        assertThatThrownBy(() -> EventStores.openReadOnly(PostgresFixture.url(namespace)))
                .isInstanceOf(IncompatibleStore.class)
                .hasMessageContaining("without access=read");
        assertThat(PostgresFixture.texts("SELECT last_value::text FROM %s.tickets".formatted(namespace)))
                .containsExactly("1");
    }

    @Test
    void no_append_takes_a_ticket_while_the_sequence_is_brought_forward() throws Exception {
        append();
        try (OpenAppend held = open("held-1")) {
            Position last = Positions.of(held.position());
            PostgresFixture.execute("SELECT setval('%s.tickets', 1)".formatted(namespace));
            CompletableFuture<EventStore> opening =
                    CompletableFuture.supplyAsync(() -> EventStores.open(PostgresFixture.url(namespace)));
            PostgresFixture.awaitWaiting("LOCK TABLE%" + namespace + "%");
            held.commit();
            try (EventStore copy = opening.get(1, TimeUnit.MINUTES)) {
                EventData event = EventData.json("Appended", "{}");
                assertThat(copy.append(STREAM, ExpectedVersion.any(), event).position())
                        .isGreaterThan(last);
            }
        }
    }
}
