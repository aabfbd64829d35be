package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Usage;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.RecordChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operations cost, in requests and in the units that the server says to be consumed. */
class DynamoCostsTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final int GROUP = 16;
    private static final int SUBSCRIPTIONS = 100;

    private final DynamoServer server = DynamoServer.start();
    private final String url = DynamoFixture.url(server.endpoint().toString());
    private EventStore store;

    @BeforeEach
    void open() {
        store = EventStores.open(url);
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private static EventData event() {
        return EventData.binary("happened", new byte[592]);
    }

    private Usage of(Runnable work) {
        Usage before = server.usage();
        work.run();
        return server.usage().minus(before);
    }

    private Usage append(ExpectedVersion expected) {
        EventData event = event();
        return of(() -> store.append(STREAM, expected, event));
    }

    @Test
    void the_first_append_to_a_stream_takes_two_requests_and_nine_units() {
        Usage usage = append(ExpectedVersion.noStream());

        assertThat(usage.totalCalls()).isEqualTo(2);
        assertThat(usage.writeUnits()).isEqualTo(9);
    }

    @Test
    void an_append_at_an_exact_version_takes_two_requests_and_seven_units() {
        append(ExpectedVersion.noStream());

        Usage usage = append(ExpectedVersion.exactly(1));

        assertThat(usage.totalCalls()).isEqualTo(2);
        assertThat(usage.writeUnits()).isEqualTo(7);
        assertThat(usage.readUnits()).isZero();
    }

    @Test
    void an_append_with_any_version_reads_the_head_too() {
        append(ExpectedVersion.noStream());

        Usage usage = append(ExpectedVersion.any());

        assertThat(usage.totalCalls()).isEqualTo(3);
        assertThat(usage.writeUnits()).isEqualTo(7);
        assertThat(usage.readUnits()).isEqualTo(1);
    }

    @Test
    void a_conflict_that_is_known_takes_no_ticket() {
        append(ExpectedVersion.noStream());
        append(ExpectedVersion.exactly(1));

        EventData event = event();
        Usage usage = of(() -> store.tryAppend(AppendRequest.to(STREAM, ExpectedVersion.exactly(1), event)));

        assertThat(usage.writeUnits()).isZero();
        assertThat(usage.totalCalls()).isEqualTo(2);
    }

    @Test
    void a_check_of_another_stream_takes_two_units_more() {
        append(ExpectedVersion.noStream());
        AppendRequest request = AppendRequest.to(STREAM, ExpectedVersion.exactly(1), event())
                .check(StreamId.of("customer-1"), ExpectedVersion.noStream());

        Usage usage = of(() -> store.append(request));

        assertThat(usage.writeUnits()).isEqualTo(9);
    }

    @Test
    void a_conflict_that_the_write_finds_takes_the_units_of_an_append_and_one_for_its_slot() {
        append(ExpectedVersion.noStream());
        try (EventStore another = EventStores.open(url)) {
            another.append(STREAM, ExpectedVersion.exactly(1), event());
        }

        Usage usage = of(() -> store.tryAppend(AppendRequest.to(STREAM, ExpectedVersion.exactly(1), event())));

        assertThat(usage.writeUnits()).isEqualTo(8);
    }

    @Test
    void small_events_are_read_from_the_log_without_further_requests() {
        append(ExpectedVersion.noStream());
        append(ExpectedVersion.exactly(1));
        store.head();

        Usage usage = of(() -> store.readLog(LogQuery.all()));

        assertThat(usage.calls()).containsOnly(Map.entry("GetItem", 1L), Map.entry("Query", 1L));
        assertThat(usage.readUnits()).isEqualTo(2);
    }

    @Test
    void new_events_at_the_end_of_the_log_are_read_with_two_requests() {
        append(ExpectedVersion.noStream());
        Position position = store.head();
        try (EventStore another = EventStores.open(url)) {
            another.append(STREAM, ExpectedVersion.exactly(1), event());
        }

        Usage usage = of(
                () -> assertThat(store.readLog(LogQuery.all().after(position)).events())
                        .hasSize(1));

        assertThat(usage.calls()).containsOnly(Map.entry("GetItem", 1L), Map.entry("Query", 1L));
    }

    @Test
    void a_stream_is_read_from_its_beginning_with_one_request() {
        append(ExpectedVersion.noStream());
        append(ExpectedVersion.exactly(1));

        Usage usage = of(() -> assertThat(store.readStream(STREAM).events()).hasSize(2));
        Usage none = of(() -> store.readStream(StreamId.of("none")));

        assertThat(usage.calls()).containsExactly(Map.entry("Query", 1L));
        assertThat(usage.readUnits()).isEqualTo(1);
        assertThat(none.totalCalls()).isEqualTo(1);
    }

    @Test
    void hidden_events_are_not_read_again() {
        for (int version = 0; version < 20; version++) {
            append(ExpectedVersion.any());
        }
        store.facet(StreamAdmin.class).orElseThrow().truncateBefore(STREAM, 20);
        assertThat(store.readStream(STREAM).events()).hasSize(1);

        Usage usage = of(() -> assertThat(store.readStream(STREAM).events()).hasSize(1));

        assertThat(usage.calls()).containsOnly(Map.entry("GetItem", 1L), Map.entry("Query", 1L));
        assertThat(usage.readUnits()).isEqualTo(2);
    }

    @Test
    void appends_that_go_together_take_at_most_two_thirds_of_the_units() {
        List<StreamId> streams = IntStream.range(0, GROUP)
                .mapToObj(i -> StreamId.of("s".repeat(43) + "%02d".formatted(i)))
                .toList();
        BulkImport series = store.facet(BulkImport.class).orElseThrow();
        appendAll(series, streams, ExpectedVersion.noStream());

        Usage usage = of(() -> appendAll(series, streams, ExpectedVersion.exactly(1)));

        assertThat(usage.totalCalls()).isEqualTo(2);
        assertThat(usage.writeUnits() / GROUP).isLessThanOrEqualTo(0.65 * 7);
    }

    private static void appendAll(BulkImport series, List<StreamId> streams, ExpectedVersion expected) {
        series.appendAll(streams.stream()
                .map(stream -> AppendRequest.to(stream, expected, event()))
                .toList());
    }

    @Test
    void leases_are_renewed_with_a_request_and_a_unit_each() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        List<Lease> leases = leases(checkpoints);

        Usage usage = of(() -> checkpoints.renewAll(leases, Duration.ofMinutes(1)));

        assertThat(usage.calls()).containsExactly(Map.entry("UpdateItem", (long) SUBSCRIPTIONS));
        assertThat(usage.writeUnits()).isEqualTo(SUBSCRIPTIONS);
        assertThat(usage.readUnits()).isZero();
    }

    @Test
    void checkpoints_are_saved_with_four_units_each_and_fifty_in_a_request() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        List<Save> saves = leases(checkpoints).stream()
                .map(lease -> new Save(lease, 0, Position.START, List.of()))
                .toList();

        Usage usage = of(() -> checkpoints.saveAll(saves));

        assertThat(usage.calls()).containsExactly(Map.entry("TransactWriteItems", SUBSCRIPTIONS / 50L));
        assertThat(usage.writeUnits()).isEqualTo(4 * SUBSCRIPTIONS);
    }

    @Test
    void checkpoints_of_all_subscriptions_are_listed_a_hundred_in_a_request() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        leases(checkpoints).forEach(lease -> checkpoints.save(lease, 0, Position.START));

        Usage usage = of(() -> assertThat(checkpoints.list()).hasSize(SUBSCRIPTIONS));

        assertThat(usage.totalCalls()).isEqualTo(3);
    }

    @Test
    void checkpoints_and_records_of_a_known_subscription_take_one_or_two_requests() {
        CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
        Lease lease =
                checkpoints.acquire("mail", "owner", Duration.ofMinutes(1)).orElseThrow();
        List<RecordChange> changes = List.of(RecordChange.put("note", "key", Metadata.of(Map.of("a", "b"))));
        checkpoints.save(lease, 0, Position.START, changes);
        checkpoints.load("mail");

        Usage usage = of(() -> assertThat(checkpoints.load("mail")).hasSize(1));
        Usage changed = of(() -> checkpoints.change("mail", changes));
        Usage records =
                of(() -> assertThat(checkpoints.records("mail", "note", "", 10)).hasSize(1));

        assertThat(usage.calls()).containsExactly(Map.entry("BatchGetItem", 1L));
        assertThat(usage.readUnits()).isEqualTo(2);
        assertThat(changed.calls()).containsOnly(Map.entry("GetItem", 1L), Map.entry("TransactWriteItems", 1L));
        assertThat(records.calls()).containsOnly(Map.entry("Query", 1L), Map.entry("GetItem", 1L));
    }

    private static List<Lease> leases(CheckpointStore checkpoints) {
        return IntStream.range(0, SUBSCRIPTIONS)
                .mapToObj(i -> checkpoints
                        .acquire("mail-" + i, "owner", Duration.ofMinutes(1))
                        .orElseThrow())
                .toList();
    }

    @Test
    void a_look_at_a_log_that_has_not_moved_takes_one_read_unit() {
        append(ExpectedVersion.noStream());
        store.head();

        Usage usage = of(store::head);

        assertThat(usage.totalCalls()).isEqualTo(1);
        assertThat(usage.readUnits()).isEqualTo(1);
    }
}
