package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many round trips to the server a call takes, as the module's page says. */
class PostgresCostsTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("order-2");

    private final PostgresFixture.Place place = PostgresFixture.place();
    private CountingSource server;
    private EventStore store;

    @BeforeEach
    void open() throws SQLException {
        server = new CountingSource(place.source().getConnection());
        store = PostgresStore.on(server.source()).namespace(place.namespace()).open();
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        server.close();
    }

    private static EventData event() {
        return EventData.json("OrderPlaced", "{}");
    }

    private int appending(AppendRequest request) {
        return server.during(() -> store.tryAppend(request));
    }

    @Test
    void an_append_takes_one_however_many_events_it_has() {
        EventData[] many = IntStream.range(0, 100).mapToObj(i -> event()).toArray(EventData[]::new);
        assertThat(appending(AppendRequest.to(ORDER, ExpectedVersion.noStream(), event())))
                .isEqualTo(1);
        assertThat(appending(AppendRequest.to(ORDER, ExpectedVersion.exactly(1), many)))
                .isEqualTo(1);
        assertThat(appending(AppendRequest.to(ORDER, ExpectedVersion.any(), event())))
                .isEqualTo(1);
        assertThat(appending(AppendRequest.to(OTHER, ExpectedVersion.any(), event())))
                .isEqualTo(1);
    }

    @Test
    void a_conflict_and_a_repeat_take_a_few() {
        AppendRequest request = AppendRequest.to(ORDER, ExpectedVersion.noStream(), event());
        store.append(request);
        assertThat(appending(request)).isEqualTo(4);
        assertThat(appending(AppendRequest.to(ORDER, ExpectedVersion.exactly(7), event())))
                .isEqualTo(2);
    }

    @Test
    void an_append_to_several_streams_takes_some_however_many_they_are() {
        AppendRequest request = AppendRequest.to(ORDER, ExpectedVersion.noStream(), event());
        for (int i = 0; i < 50; i++) {
            request = request.and(StreamId.of("other-" + i), ExpectedVersion.any(), event());
        }
        assertThat(appending(request)).isEqualTo(6);
    }

    @Test
    void a_bulk_import_takes_no_more_than_one_append() {
        List<AppendRequest> requests = IntStream.range(0, 500)
                .mapToObj(i -> AppendRequest.to(StreamId.of("other-" + i % 50), ExpectedVersion.any(), event()))
                .toList();
        BulkImport bulk = store.facet(BulkImport.class).orElseThrow();
        assertThat(server.during(() -> bulk.appendAll(requests))).isEqualTo(6);
    }

    @Test
    void a_page_takes_one_and_the_end_of_the_log_another() {
        store.append(ORDER, ExpectedVersion.any(), event(), event(), event());
        assertThat(server.during(() -> store.readStream(ORDER))).isEqualTo(1);
        assertThat(server.during(() -> store.version(ORDER))).isEqualTo(1);
        assertThat(server.during(store::head)).isEqualTo(1);
        assertThat(server.during(() -> store.readLog(LogQuery.all().limit(2)))).isEqualTo(1);
        assertThat(server.during(() -> store.readLog(LogQuery.all()))).isEqualTo(2);
        assertThat(server.during(() -> store.readLog(LogQuery.all().after(store.head()))))
                .isEqualTo(2);
    }

    /** Its bytes are counted, and a page of it ends after some megabytes. */
    @Test
    void a_page_of_a_stream_with_large_events_takes_two() {
        List<EventData> events = Stream.of(10, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 10)
                .map(bytes -> EventData.binary("Sized", new byte[bytes]))
                .toList();
        store.append(ORDER, ExpectedVersion.noStream(), events);
        List<RecordedEvent> forwards = new ArrayList<>();
        assertThat(server.during(() -> forwards.addAll(store.readStream(ORDER).events())))
                .isEqualTo(4);
        assertThat(forwards).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        List<RecordedEvent> backwards = new ArrayList<>();
        assertThat(server.during(() -> backwards.addAll(
                        store.readStream(ORDER, ReadOptions.backwards()).events())))
                .isEqualTo(4);
        assertThat(backwards).extracting(RecordedEvent::version).containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(server.during(
                        () -> store.readStream(ORDER, ReadOptions.forwards().from(9))))
                .isEqualTo(1);
    }

    @Test
    void streams_that_began_before_a_page_are_asked_for_by_name_once() {
        store.append(ORDER, ExpectedVersion.any(), event());
        Position began = store.head();
        store.append(ORDER, ExpectedVersion.any(), event(), event());
        store.append(OTHER, ExpectedVersion.any(), event(), event());
        store.head();
        LogQuery page = LogQuery.all().after(began).limit(3);
        assertThat(server.during(() -> store.readLog(page))).isEqualTo(2);
        assertThat(server.during(() -> store.readLog(page))).isEqualTo(1);
        assertThat(store.readLog(page).events())
                .extracting(RecordedEvent::stream)
                .containsExactly(ORDER, ORDER, OTHER);
    }

    @Test
    void leases_checkpoints_and_snapshots_take_one() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        SnapshotStore snapshots = store.facet(SnapshotStore.class).orElseThrow();
        assertThat(server.during(() -> checkpoints.acquire("billing", "me", Duration.ofMinutes(1))))
                .isEqualTo(1);
        Lease lease = new Lease("billing", "me", 1);
        assertThat(server.during(() -> checkpoints.renew(lease, Duration.ofMinutes(1))))
                .isEqualTo(1);
        assertThat(server.during(() -> checkpoints.save(lease, 0, Positions.of(1))))
                .isEqualTo(1);
        assertThat(server.during(() -> snapshots.save(new Snapshot(ORDER, "total", 1, Payload.json("{}")))))
                .isEqualTo(1);
        assertThat(server.during(() -> snapshots.load(ORDER, "total"))).isEqualTo(1);
    }
}
