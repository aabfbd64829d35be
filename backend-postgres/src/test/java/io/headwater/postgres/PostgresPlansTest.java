package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows the server reads for a page: few of many, with statistics and without, whatever they say. */
class PostgresPlansTest {
    private static final int BATCHES = 10;
    private static final int STREAMS = 100;
    private static final int EVENTS = 10;
    private static final int PAGE = 100;

    /** More than an index takes in any case, as for every category and for what lies beyond the page. */
    private static final int SOME = 5 * PAGE;

    private final PostgresFixture.Place place = PostgresFixture.place();
    private Connection connection;
    private EventStore store;

    @BeforeEach
    void open() throws SQLException {
        connection = place.source().getConnection();
        store = PostgresStore.on(new CountingSource(connection).source())
                .namespace(place.namespace())
                .open();
        execute("ALTER TABLE %s.events SET (autovacuum_enabled = off)".formatted(place.namespace()));
        execute("ALTER TABLE %s.streams SET (autovacuum_enabled = off)".formatted(place.namespace()));
        for (int batch = 0; batch < BATCHES; batch++) {
            String stream = "order-" + batch + "-";
            bulk().appendAll(IntStream.range(0, STREAMS)
                    .mapToObj(i -> request(stream + i, EVENTS))
                    .toList());
        }
    }

    private BulkImport bulk() {
        return store.facet(BulkImport.class).orElseThrow();
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static AppendRequest request(String stream, int count) {
        EventData[] events = IntStream.range(0, count)
                .mapToObj(i -> EventData.json("OrderPlaced", "{}"))
                .toArray(EventData[]::new);
        return AppendRequest.to(StreamId.of(stream), ExpectedVersion.any(), events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ANALYZE %1$s.events; ANALYZE %1$s.streams", "SET plan_cache_mode = force_generic_plan"})
    void a_page_is_read_by_an_index(String before) throws SQLException {
        execute(before.formatted(place.namespace()));
        for (LogQuery query : queries()) {
            LogQuery page = query.limit(PAGE);
            assertThat(rowsFor(() -> store.readLog(page))).as(page.toString()).isLessThan(SOME);
            LogQuery back = page.backwards();
            assertThat(rowsFor(() -> store.readLog(back))).as(back.toString()).isLessThan(SOME);
        }
    }

    /** Nearly all events are of one category, so that one that is not there seems to be as frequent. */
    private static List<LogQuery> queries() {
        return List.of(
                LogQuery.all(),
                LogQuery.category("order"),
                LogQuery.category("nothing"),
                LogQuery.category("order", "nothing"));
    }

    /** A plan that was made for few streams must not be kept when they are many. */
    @Test
    void a_batch_reads_only_its_own_streams() {
        for (int i = 0; i < 10; i++) {
            AppendRequest one = request("a-" + i, 1);
            AppendRequest other = request("b-" + i, 1);
            assertThat(rowsFor(() -> bulk().appendAll(List.of(one, other)))).isLessThan(SOME);
        }
    }

    /** Making a plan takes longer than carrying it out; the server makes one for each of the first five executions. */
    @Test
    void an_append_of_several_events_has_a_plan_already() throws SQLException {
        for (int i = 0; i < 40; i++) {
            store.append(StreamId.of("several"), ExpectedVersion.exactly(2 * i), event(), event());
        }
        assertThat(plansMade("%WITH ORDINALITY%")).isBetween(1L, 5L);
    }

    @Test
    void a_group_of_appends_has_a_plan_already() throws SQLException {
        List<StreamId> streams = List.of(StreamId.of("one"), StreamId.of("other"));
        streams.forEach(stream -> store.append(stream, ExpectedVersion.noStream(), event()));
        for (int i = 1; i <= 40; i++) {
            assertThat(append(exactly(streams.get(0), i), exactly(streams.get(1), i)))
                    .hasSize(2);
        }
        assertThat(plansMade("%SKIP LOCKED%")).isBetween(1L, 5L);
    }

    private Map<Integer, AppendOutcome> append(AppendRequest... group) throws SQLException {
        try (RunningCalls calls = new RunningCalls();
                RunningCalls.Call call = calls.begin(connection)) {
            return GroupStatement.run(new Session(connection, new Namespace(place.namespace()), call), List.of(group));
        }
    }

    private static EventData event() {
        return EventData.json("OrderPlaced", "{}");
    }

    private static AppendRequest exactly(StreamId stream, long version) {
        return AppendRequest.to(stream, ExpectedVersion.exactly(version), event());
    }

    /** For one execution only, of the prepared statement like this. */
    private long plansMade(String statement) throws SQLException {
        try (PreparedStatement plans = connection.prepareStatement(
                "SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE ? AND statement NOT LIKE '%custom_plans%'")) {
            plans.setString(1, statement);
            try (ResultSet found = plans.executeQuery()) {
                assertThat(found.next()).as("a statement like " + statement).isTrue();
                return found.getLong(1);
            }
        }
    }

    private long rowsFor(Supplier<?> call) {
        long before = rows();
        assertThat(call.get()).isNotNull();
        return rows() - before;
    }

    /** Read so far, of the tables that become large. */
    private long rows() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables WHERE schemaname = '%s'"
                                    .formatted(place.namespace())
                            + " AND relname IN ('events', 'streams')")) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
