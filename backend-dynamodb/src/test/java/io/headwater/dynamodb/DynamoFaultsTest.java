package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many writers of several stores while the service loses replies, refuses, throttles, and shows transactions item by item. */
class DynamoFaultsTest {
    private static final int WRITERS = 6;
    private static final int APPENDS = Integer.getInteger("headwater.dynamodb.appends", 40);
    private static final StreamId SHARED = StreamId.of("shared-1");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConcurrentLinkedQueue<UUID> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void nothing_is_lost_doubled_or_out_of_order() throws Exception {
        try (DynamoServer server = DynamoServer.start()) {
            String url =
                    DynamoFixture.url(server.endpoint().toString()).replace("requestTimeout=30s", "requestTimeout=2s");
            try (EventStore first = EventStores.open(url);
                    EventStore second = EventStores.open(url)) {
                faults(server);
                List<RecordedEvent> followed = run(first, second);
                server.faults().clear();
                server.awaitLateRequests();

                assertThat(ids(followed)).containsExactlyInAnyOrderElementsOf(acknowledged);
                assertThat(followed).isEqualTo(log(second, Position.START, WRITERS * APPENDS));
                assertInOrder(followed);
            }
        }
    }

    private static void faults(DynamoServer server) {
        server.faults()
                .seed(7)
                .maxDelay(Duration.ofMillis(20))
                .add(Fault.SPLIT_VISIBILITY, 0.5)
                .add(Fault.CONFLICT, 0.05)
                .add(Fault.LOST_REPLY, 0.03)
                .add(Fault.LOST_REQUEST, 0.02)
                .add(Fault.LATE, 0.02)
                .add(Fault.THROTTLED, 0.02)
                .add(Fault.THROTTLED_ACTION, 0.02)
                .add(Fault.INTERNAL_ERROR, 0.02)
                .add(Fault.PARTIAL_PAGE, 0.1)
                .add(Fault.UNPROCESSED, 0.1);
    }

    /** Returns what a reader saw that followed the log meanwhile. */
    private List<RecordedEvent> run(EventStore first, EventStore second) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            CompletableFuture<List<RecordedEvent>> reader =
                    CompletableFuture.supplyAsync(() -> log(second, Position.START, WRITERS * APPENDS), threads);
            List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer ->
                            CompletableFuture.runAsync(() -> write(writer % 2 == 0 ? first : second, writer), threads))
                    .toList();
            for (CompletableFuture<Void> writer : writers) {
                writer.get();
            }
            return reader.get();
        } finally {
            threads.shutdownNow();
        }
    }

    /** In turn to a stream of its own, at exact versions, and to one that all write to. */
    private void write(EventStore store, int writer) {
        StreamId own = StreamId.of("own-" + writer);
        for (int i = 0; i < APPENDS; i++) {
            EventData event = EventData.json("happened", "{}");
            boolean exact = i % 2 == 0;
            AppendRequest request = exact
                    ? AppendRequest.to(own, ExpectedVersion.exactly(i / 2), event)
                    : AppendRequest.to(SHARED, ExpectedVersion.any(), event);
            AppendOutcome outcome = insist(store, request);
            assertThat(outcome).isInstanceOf(Appended.class);
            acknowledged.add(event.id());
        }
    }

    private static AppendOutcome insist(EventStore store, AppendRequest request) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return store.tryAppend(request);
            } catch (AppendOutcomeUnknown | StoreUnavailable e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Reads on until this number of events was seen, and then once more, for what should not be there. */
    private static List<RecordedEvent> log(EventStore store, Position from, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<RecordedEvent> events = new ArrayList<>();
        Position next = from;
        boolean complete = false;
        while (!complete && System.nanoTime() < end) {
            try {
                LogPage page = store.readLog(LogQuery.all().after(next).limit(50));
                complete = events.size() >= count;
                events.addAll(page.events());
                next = page.scannedTo();
            } catch (StoreUnavailable e) {
                // Read again from the same place.
                continue;
            }
        }
        return events;
    }

    private static List<UUID> ids(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::id).toList();
    }

    private static void assertInOrder(List<RecordedEvent> events) {
        assertThat(events).extracting(RecordedEvent::position).isSorted().doesNotHaveDuplicates();
        Map<StreamId, Long> versions = new HashMap<>();
        for (RecordedEvent event : events) {
            assertThat(event.version()).isEqualTo(versions.merge(event.stream(), 1L, Long::sum));
        }
    }
}
