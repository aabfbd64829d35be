package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Positions;
import io.headwater.tck.rule.Concurrently;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends and checkpoints inside transactions of the application. */
class PostgresTransactionsTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("order-2");

    private final PostgresFixture.Place place = PostgresFixture.place();
    private final EventStore store = place.store().open();
    private final PostgresTransactions transactions =
            store.facet(PostgresTransactions.class).orElseThrow();
    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = place.source().getConnection();
        execute("CREATE TABLE IF NOT EXISTS totals (name text PRIMARY KEY, total integer NOT NULL)");
        execute("TRUNCATE totals");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        store.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int total() throws SQLException {
        try (Connection other = place.source().getConnection();
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(sum(total), 0) FROM totals")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static AppendRequest placed(StreamId stream) {
        return AppendRequest.to(stream, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{}"));
    }

    private List<RecordedEvent> log() {
        return store.log(LogQuery.all()).toList();
    }

    @Test
    void an_event_and_a_row_are_there_together_when_the_transaction_commits() throws SQLException {
        execute("INSERT INTO totals VALUES ('orders', 1)");
        transactions.append(connection, placed(ORDER));
        assertThat(store.version(ORDER)).isZero();
        assertThat(total()).isZero();
        connection.commit();
        assertThat(store.version(ORDER)).isEqualTo(1);
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void neither_is_there_when_it_is_rolled_back() throws SQLException {
        execute("INSERT INTO totals VALUES ('orders', 1)");
        transactions.append(connection, placed(ORDER));
        connection.rollback();
        assertThat(store.version(ORDER)).isZero();
        assertThat(total()).isZero();
        store.append(OTHER, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{}"));
        assertThat(log()).extracting(RecordedEvent::stream).containsExactly(OTHER);
    }

    @Test
    void appends_to_several_streams_are_part_of_it_too() throws SQLException {
        AppendRequest both = placed(ORDER).and(OTHER, ExpectedVersion.any(), EventData.json("OrderPlaced", "{}"));
        transactions.append(connection, both);
        assertThat(log()).isEmpty();
        connection.commit();
        assertThat(log()).extracting(RecordedEvent::stream).containsExactly(ORDER, OTHER);
    }

    @Test
    void a_conflict_is_an_answer_after_which_the_transaction_goes_on() throws SQLException {
        store.append(ORDER, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{}"));
        assertThat(transactions.append(connection, placed(ORDER))).isInstanceOf(AppendOutcome.Conflict.class);
        execute("INSERT INTO totals VALUES ('refused', 1)");
        connection.commit();
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void a_repeat_is_recognised() throws SQLException {
        AppendRequest request = placed(ORDER);
        store.append(request);
        AppendOutcome outcome = transactions.append(connection, request);
        assertThat(outcome.orThrow()).allMatch(result -> result.replayed());
        connection.commit();
    }

    /** The position of the slow one is lower, and it is committed later. */
    @Test
    void readers_wait_for_a_transaction_that_began_to_append_before() throws SQLException {
        List<RecordedEvent> followed = new CopyOnWriteArrayList<>();
        store.subscribe(SubscriptionOptions.ephemeral(), followed::add);
        transactions.append(connection, placed(ORDER));
        store.append(OTHER, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{}"));
        assertThat(log()).isEmpty();
        connection.commit();
        await().until(() -> followed.size() == 2);
        assertThat(followed).extracting(RecordedEvent::stream).containsExactly(ORDER, OTHER);
        assertThat(log()).isEqualTo(followed);
    }

    /** The position is beyond the head until the older append has ended. */
    @Test
    void one_can_subscribe_after_an_append_of_ones_own_while_an_older_one_is_open() throws Exception {
        transactions.append(connection, placed(ORDER));
        Position own = store.append(OTHER, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{}"))
                .position();
        assertThat(store.head()).isLessThan(own);
        List<RecordedEvent> followed = new CopyOnWriteArrayList<>();
        Future<?> subscribed = ForkJoinPool.commonPool()
                .submit(() -> store.subscribe(SubscriptionOptions.ephemeral().after(own), followed::add));
        connection.commit();
        subscribed.get(10, TimeUnit.SECONDS);
        store.append(OTHER, ExpectedVersion.exactly(1), EventData.json("OrderPaid", "{}"));
        await().until(() -> followed.size() == 1);
    }

    @Test
    void a_request_is_checked_before_anything_is_sent() throws SQLException {
        AppendRequest large =
                AppendRequest.to(ORDER, ExpectedVersion.any(), EventData.binary("Large", new byte[(16 << 20) + 1]));
        assertThatThrownBy(() -> transactions.append(connection, large)).isInstanceOf(LimitExceeded.class);
        connection.setAutoCommit(true);
        assertThatThrownBy(() -> transactions.append(connection, placed(ORDER)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("setAutoCommit(false)");
        assertThat(log()).isEmpty();
    }

    @Test
    void a_tombstone_is_refused() throws SQLException {
        store.facet(StreamAdmin.class).orElseThrow().tombstone(ORDER, ExpectedVersion.noStream());
        assertThatThrownBy(() -> transactions.append(connection, placed(ORDER))).isInstanceOf(StreamDeleted.class);
        connection.rollback();
    }

    @Test
    void a_projection_moves_with_what_it_writes() throws SQLException {
        Position first = Positions.of(5);
        assertThat(transactions.position(connection, "totals")).isEqualTo(Position.START);
        assertThat(transactions.advance(connection, "totals", first)).isTrue();
        execute("INSERT INTO totals VALUES ('orders', 1)");
        connection.rollback();
        assertThat(transactions.position(connection, "totals")).isEqualTo(Position.START);
        assertThat(transactions.advance(connection, "totals", first)).isTrue();
        connection.commit();
        assertThat(transactions.position(connection, "totals")).isEqualTo(first);
        assertThat(total()).isZero();
    }

    @Test
    void what_was_handled_is_left_out() throws SQLException {
        transactions.advance(connection, "totals", Positions.of(5));
        connection.commit();
        assertThat(transactions.advance(connection, "totals", Positions.of(4))).isFalse();
        assertThat(transactions.advance(connection, "totals", Positions.of(5))).isFalse();
        assertThat(transactions.advance(connection, "totals", Positions.of(6))).isTrue();
        connection.commit();
        connection.setAutoCommit(true);
        assertThatThrownBy(() -> transactions.advance(connection, "totals", Positions.of(7)))
                .isInstanceOf(InvalidRequest.class);
    }

    /** Each follows the log by itself and projects every event; one of them fails now and then. */
    @Test
    void several_processes_project_every_event_once() throws Exception {
        execute("INSERT INTO totals VALUES ('orders', 0)");
        connection.commit();
        int events = 200;
        for (int i = 0; i < events; i++) {
            store.append(ORDER, ExpectedVersion.exactly(i), EventData.json("OrderPlaced", "{}"));
        }
        List<RecordedEvent> all = log();
        Concurrently.times(4, process -> () -> {
            try (Connection own = place.source().getConnection()) {
                own.setAutoCommit(false);
                for (RecordedEvent event : all) {
                    project(own, event, event.version() % 7 == process);
                }
            }
            return process;
        });
        assertThat(total()).isEqualTo(events);
        assertThat(transactions.position(connection, "totals"))
                .isEqualTo(all.get(events - 1).position());
    }

    private void project(Connection own, RecordedEvent event, boolean failsFirst) throws SQLException {
        for (boolean fails = failsFirst; ; fails = false) {
            if (transactions.advance(own, "totals", event.position())) {
                try (Statement statement = own.createStatement()) {
                    statement.execute("UPDATE totals SET total = total + 1");
                }
            }
            if (!fails) {
                own.commit();
                return;
            }
            own.rollback();
        }
    }
}
