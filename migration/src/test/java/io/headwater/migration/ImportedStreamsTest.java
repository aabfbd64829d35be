package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.ReadOptions;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.migration.store.Sink;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportedStreamsTest {
    private static final StreamId HUGE = StreamId.of("huge-1");

    private final EventStore store = EventStores.open("memory:");

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int events) {
        List<EventData> all = IntStream.range(0, events)
                .mapToObj(i -> EventData.json("T", "" + i).withId(new UUID(1, i)))
                .toList();
        store.append(HUGE, ExpectedVersion.any(), all);
    }

    /** The number of appends. */
    private int load(TestLines lines, long maxCost, ImportCounts counts) throws Exception {
        AtomicInteger appends = new AtomicInteger();
        Sink counting = requests -> {
            appends.incrementAndGet();
            return Sink.into(store).append(requests);
        };
        ImportedStreams states = new ImportedStreams(store, maxCost);
        BatchStore batches = new BatchStore(
                counting, store.capabilities().limits(), states, new Lineage(store), counts, Rejects.stop());
        batches.store(lines.list());
        return appends.get();
    }

    @Test
    void a_stream_with_more_ids_than_there_is_memory_for_is_not_read_again_for_each_line() throws Exception {
        append(500);
        ImportCounts counts = new ImportCounts();
        TestLines lines = new TestLines();
        IntStream.range(400, 900).forEach(i -> lines.add("huge-1", "" + i, new UUID(1, i)));
        assertThat(load(lines, 100, counts)).isLessThan(5);
        assertThat(counts.present()).isEqualTo(100);
        assertThat(counts.appended()).isEqualTo(400);
    }

    @Test
    void nor_if_lines_of_other_streams_stand_between() throws Exception {
        append(500);
        ImportCounts counts = new ImportCounts();
        TestLines lines = new TestLines();
        IntStream.range(500, 900).forEach(i -> lines.add(i % 2 == 0 ? "huge-1" : "small-" + i, "" + i, new UUID(1, i)));
        assertThat(load(lines, 100, counts)).isLessThan(15);
        assertThat(counts.appended()).isEqualTo(400);
    }

    @Test
    void what_no_line_needs_is_dropped_the_longest_unused_first() {
        ImportedStreams states = new ImportedStreams(store, 25);
        ImportedStream first = states.of(StreamId.of("a-1"));
        ImportedStream second = states.of(StreamId.of("a-2"));
        ImportedStream third = states.of(StreamId.of("a-3"));
        assertThat(states.areTooMany()).isTrue();
        states.trim(() -> Set.of(StreamId.of("a-1")));
        assertThat(states.areTooMany()).isFalse();
        assertThat(states.of(StreamId.of("a-1"))).isSameAs(first);
        assertThat(states.of(StreamId.of("a-3"))).isSameAs(third);
        assertThat(states.of(StreamId.of("a-2"))).isNotSameAs(second);
    }

    @Test
    void the_version_counts_what_was_truncated_or_deleted() {
        append(5);
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(HUGE, 3);
        ImportedStream truncated = new ImportedStreams(store, 100).of(HUGE);
        assertThat(truncated.version()).isEqualTo(5);
        assertThat(truncated.ids()).isEqualTo(store.readStream(HUGE).events().size());
        admin.delete(HUGE, ExpectedVersion.any());
        ImportedStream deleted = new ImportedStreams(store, 100).of(HUGE);
        assertThat(deleted.version()).isEqualTo(store.version(HUGE));
        assertThat(deleted.ids()).isZero();
    }

    @Test
    void events_are_read_as_they_are_needed_and_never_many_at_once() {
        append(50);
        List<Integer> limits = new ArrayList<>();
        assertThat(new ImportedStreams(watched(limits), 100).of(HUGE).ids()).isEqualTo(50);
        assertThat(limits).containsOnly(1);
    }

    @Test
    void a_store_that_was_empty_is_not_read_until_something_that_was_known_is_not_any_more() {
        List<Integer> reads = new ArrayList<>();
        ImportedStreams states = new ImportedStreams(watched(reads), 1000);
        assertThat(states.of(StreamId.of("a-1")).version()).isZero();
        append(5);
        assertThat(states.of(HUGE).version()).isZero();
        assertThat(reads).isEmpty();
        states.forget(HUGE);
        assertThat(states.of(HUGE).version()).isEqualTo(5);
        assertThat(reads).isNotEmpty();
    }

    /** The store, recording the limits of the reads that return all events at once. */
    private EventStore watched(List<Integer> limits) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("readStream")) {
                        limits.add(((ReadOptions) arguments[1]).limit());
                    }
                    return method.invoke(store, arguments);
                });
    }
}
