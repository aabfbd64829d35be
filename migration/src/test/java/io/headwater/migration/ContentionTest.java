package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capabilities;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.migration.store.Sink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentionTest {
    private static final StreamId STREAM = StreamId.of("a-1");

    private final ImportCounts counts = new ImportCounts();

    private static List<EventLine> lines(int count) {
        TestLines lines = new TestLines();
        for (int i = 0; i < count; i++) {
            lines.addWithoutId("a-" + i % 3, "" + i);
        }
        return lines.list();
    }

    private BatchStore batches(EventStore store, Sink sink, long maxCost) {
        ImportedStreams states = new ImportedStreams(store, maxCost);
        return new BatchStore(sink, store.capabilities().limits(), states, new Lineage(store), counts, Rejects.stop());
    }

    @Test
    void a_writer_in_between_is_noticed_and_the_rest_goes_on_after_it() throws Exception {
        try (EventStore store = EventStores.open("memory:")) {
            boolean[] done = {false};
            Sink interrupted = requests -> {
                if (!done[0]) {
                    done[0] = true;
                    store.append(STREAM, ExpectedVersion.any(), EventData.json("Foreign", "{}"));
                }
                return Sink.into(store).append(requests);
            };
            batches(store, interrupted, 1000).store(lines(5));
            assertThat(counts.appended()).isEqualTo(5);
            assertThat(store.readStream(STREAM).events())
                    .extracting(event -> event.data().text())
                    .containsExactly("{}", "1", "4");
        }
    }

    @Test
    void a_writer_that_is_always_faster_ends_the_import_with_a_message() throws Exception {
        try (EventStore store = EventStores.open("memory:")) {
            Sink raced = requests -> {
                store.append(STREAM, ExpectedVersion.any(), EventData.json("Foreign", "{}"));
                return Sink.into(store).append(requests);
            };
            List<EventLine> lines = lines(2);
            Assertions.assertThatThrownBy(() -> batches(store, raced, 1000).store(lines))
                    .isInstanceOf(TooMuchContention.class)
                    .hasMessageContaining("line 2: other writers changed stream 'a-1' 100 times");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_appended_before_a_stream_was_found_tombstoned_counts_as_appended(boolean inBulk) throws Exception {
        try (EventStore store = EventStores.open("memory:")) {
            StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
            Sink tombstoning = requests -> {
                admin.tombstone(STREAM, ExpectedVersion.any());
                return Sink.into(inBulk ? store : withoutBulk(store)).append(requests);
            };
            Assertions.assertThatThrownBy(
                            () -> batches(store, tombstoning, 1000).store(lines(3)))
                    .isInstanceOf(ImportStopped.class)
                    .hasMessageContaining("line 2");
            assertThat(counts.appended()).isEqualTo(1);
            assertThat(counts.present()).isZero();
        }
    }

    private static EventStore withoutBulk(EventStore store) {
        Capabilities few = Capabilities.of(store.capabilities().limits());
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("capabilities") ? few : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void little_memory_costs_time_and_nothing_else() throws Exception {
        try (EventStore store = EventStores.open("memory:")) {
            for (int run = 0; run < 2; run++) {
                batches(store, Sink.into(store), 1).store(lines(50));
            }
            assertThat(counts.appended()).isEqualTo(50);
            assertThat(counts.present()).isEqualTo(50);
        }
    }

    @Test
    void imports_of_the_same_lines_by_many_at_once_leave_each_event_once_and_in_stream_order() throws Exception {
        int writers = 4;
        try (EventStore store = EventStores.open("memory:")) {
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(writers);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                List<EventLine> lines = lines(3000);
                all.add(threads.submit(() -> {
                    start.await();
                    BatchStore batches = batchesOfOwn(store);
                    for (int from = 0; from < lines.size(); from += 7) {
                        batches.store(lines.subList(from, Math.min(from + 7, lines.size())));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
            threads.shutdown();
            assertEachOnce(store.log(LogQuery.all()).toList(), 3000);
        }
    }

    private static BatchStore batchesOfOwn(EventStore store) {
        ImportedStreams states = new ImportedStreams(store, 1000);
        return new BatchStore(
                Sink.into(store),
                store.capabilities().limits(),
                states,
                new Lineage(store),
                new ImportCounts(),
                Rejects.stop());
    }

    private static void assertEachOnce(List<RecordedEvent> events, int count) {
        assertThat(events)
                .extracting(event -> event.data().text())
                .doesNotHaveDuplicates()
                .hasSize(count);
        for (RecordedEvent event : events) {
            int number = Integer.parseInt(event.data().text());
            assertThat(event.version()).isEqualTo(number / 3 + 1);
        }
    }
}
