package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.testing.TinyBackend;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link EventStore#stream} and {@link EventStore#log}: R3, G6. */
class LazyPagesTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final StreamId OTHER = StreamId.of("b-1");

    private final TinyBackend backend = new TinyBackend();
    private final EventStore store = EventStores.over("tiny", backend);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 999, 1000, 1001, 1999, 2000, 2001, 2500, Integer.MAX_VALUE})
    void keep_the_limit_at_the_borders_of_pages(int limit) {
        backend.add(STREAM, 2000);
        long expected = Math.min(limit, 2000);
        assertThat(versions(ReadOptions.forwards().limit(limit)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, expected).boxed().toList());
        assertThat(versions(ReadOptions.backwards().limit(limit)))
                .containsExactlyElementsOf(
                        LongStream.range(0, expected).map(i -> 2000 - i).boxed().toList());
        assertThat(store.log(LogQuery.all().limit(limit))).hasSize((int) expected);
        assertThat(store.log(LogQuery.all().backwards().limit(limit))).hasSize((int) expected);
    }

    @Test
    void begin_where_they_are_told() {
        backend.add(STREAM, 1500);
        assertThat(versions(ReadOptions.forwards().from(1400)))
                .hasSize(101)
                .startsWith(1400L)
                .endsWith(1500L);
        assertThat(versions(ReadOptions.backwards().from(1200)))
                .hasSize(1200)
                .startsWith(1200L)
                .endsWith(1L);
        assertThat(versions(ReadOptions.forwards().from(1501))).isEmpty();
    }

    private List<Long> versions(ReadOptions options) {
        return store.stream(STREAM, options).map(RecordedEvent::version).toList();
    }

    @Test
    void read_nothing_before_the_first_event_is_wanted() {
        store.stream(STREAM);
        store.log(LogQuery.all());
        assertThat(backend.calls).isEmpty();
    }

    @Test
    void read_no_page_that_is_not_come_to() {
        backend.add(STREAM, 5000);
        assertThat(store.stream(STREAM).limit(3)).hasSize(3);
        assertThat(backend.calls).containsExactly("readStream");
    }

    @Test
    void read_few_large_events_at_a_time() {
        backend.add(STREAM, 20, Payload.binary(new byte[3 << 20]));
        Iterator<RecordedEvent> events = store.stream(STREAM).iterator();
        for (int version = 1; version <= 9; version++) {
            assertThat(events.next().version()).isEqualTo(version);
        }
        assertThat(backend.calls).containsExactly("readStream", "readStream");
        events.next();
        assertThat(backend.calls).hasSize(3);
    }

    @Test
    void end_when_the_stream_is_deleted_on_the_way() {
        backend.add(STREAM, 1500);
        backend.beforePage = page -> backend.truncate(STREAM, page == 2 ? 1501 : 1);
        assertThat(versions(ReadOptions.forwards())).hasSize(8);
    }

    @Test
    void skip_what_is_truncated_on_the_way() {
        backend.add(STREAM, 1500);
        backend.beforePage = page -> backend.truncate(STREAM, page == 2 ? 1400 : 1);
        assertThat(versions(ReadOptions.forwards()))
                .hasSize(109)
                .endsWith(1500L)
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({"1, 2147483647", "1, 3", "2, 5", "7, 1", "100, 9"})
    void go_on_over_log_pages_without_a_match(int scannedAtATime, int limit) {
        backend.scannedAtATime = scannedAtATime;
        for (int i = 0; i < 10; i++) {
            backend.add(OTHER, 20);
            backend.add(STREAM, 1);
        }
        backend.add(OTHER, 20);
        LogQuery query = LogQuery.category("a").limit(limit);
        long expected = Math.min(10, limit);
        assertThat(store.log(query).map(RecordedEvent::version))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, expected).boxed().toList());
        assertThat(store.log(query.backwards()).map(RecordedEvent::version))
                .containsExactlyElementsOf(
                        LongStream.range(0, expected).map(i -> 10 - i).boxed().toList());
    }

    @Test
    void move_on_though_nothing_matches() {
        backend.scannedAtATime = 3;
        backend.add(OTHER, 10);
        LogPage page = store.readLog(LogQuery.category("a"));
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).contains(Position.of(30));
        assertThat(store.log(LogQuery.category("a"))).isEmpty();
    }

    @Test
    void do_not_spin_on_a_log_that_comes_no_further() {
        TinyBackend stuck = new TinyBackend() {
            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                return new LogPage(List.of(), from, true);
            }
        };
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> EventStores.over("stuck", stuck)
                                .log(LogQuery.all())
                                .toList())
                        .isInstanceOf(BackendFailure.class)
                        .hasMessageContaining("backend=stuck, operation=readLog"));
    }

    @Test
    void can_be_asked_twice_whether_there_is_more() {
        backend.add(STREAM, 1);
        Iterator<RecordedEvent> events = store.stream(STREAM).iterator();
        assertThat(events.hasNext()).isTrue();
        assertThat(events.hasNext()).isTrue();
        assertThat(events.next().version()).isEqualTo(1);
        assertThat(events.hasNext()).isFalse();
        assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void go_on_where_they_were_when_a_page_failed() {
        backend.add(STREAM, 1500);
        backend.beforePage = page -> {
            if (page == 2) {
                throw new StoreUnavailable("busy", null);
            }
        };
        Iterator<RecordedEvent> events = store.stream(STREAM).iterator();
        for (int version = 1; version <= 8; version++) {
            assertThat(events.next().version()).isEqualTo(version);
        }
        assertThatThrownBy(events::hasNext).isInstanceOf(StoreUnavailable.class);
        assertThat(events.next().version()).isEqualTo(9);
    }

    @Test
    void end_with_their_store() {
        backend.add(STREAM, 1500);
        Iterator<RecordedEvent> events = store.log(LogQuery.all()).iterator();
        events.next();
        store.close();
        assertThatThrownBy(() -> events.forEachRemaining(event -> {})).isInstanceOf(StoreClosed.class);
    }

    @Test
    void can_be_consumed_in_parallel() {
        backend.add(STREAM, 3000);
        assertThat(store.stream(STREAM).parallel().map(RecordedEvent::version).toList())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3000).boxed().toList());
    }

    @Test
    void refuse_null_at_once() {
        assertThatThrownBy(() -> store.stream(null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.stream(STREAM, null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> store.log(null)).isInstanceOf(InvalidRequest.class);
        assertThat(backend.calls).isEmpty();
    }
}
