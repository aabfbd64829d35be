package io.headwater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.spi.StreamPage;
import io.headwater.testing.TinyBackend;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1, R3 and T2 over pages of any size. */
class StreamReaderTest {
    private static final StreamId STREAM = StreamId.of("a-1");

    private final TinyBackend backend = new TinyBackend();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, Integer.MAX_VALUE})
    void does_not_depend_on_the_page_size(int page) {
        backend.streamPage = page;
        backend.add(STREAM, 7);
        assertSlice(read(ReadOptions.forwards()), 1, 7, OptionalLong.empty());
        assertSlice(read(ReadOptions.forwards().from(3).limit(4)), 3, 6, OptionalLong.of(7));
        assertSlice(read(ReadOptions.forwards().from(4).limit(4)), 4, 7, OptionalLong.empty());
        assertSlice(read(ReadOptions.backwards()), 7, 1, OptionalLong.empty());
        assertSlice(read(ReadOptions.backwards().limit(6)), 7, 2, OptionalLong.of(1));
        assertSlice(read(ReadOptions.backwards().from(5).limit(5)), 5, 1, OptionalLong.empty());
        assertSlice(read(ReadOptions.backwards().from(100).limit(1)), 7, 7, OptionalLong.of(6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void sees_what_truncation_left(int page) {
        backend.streamPage = page;
        backend.add(STREAM, 7);
        backend.truncate(STREAM, 4);
        assertSlice(read(ReadOptions.forwards()), 4, 7, OptionalLong.empty());
        assertSlice(read(ReadOptions.backwards()), 7, 4, OptionalLong.empty());
        assertThat(read(ReadOptions.backwards().from(3)).isEmpty()).isTrue();
        assertThat(read(ReadOptions.backwards().from(3)).version()).isEqualTo(7);
    }

    @Test
    void reads_empty_what_is_not_there() {
        assertThat(read(ReadOptions.forwards())).isEqualTo(new StreamSlice(STREAM, 0, List.of(), OptionalLong.empty()));
        backend.add(STREAM, 2);
        assertThat(read(ReadOptions.forwards().from(3)))
                .isEqualTo(new StreamSlice(STREAM, 2, List.of(), OptionalLong.empty()));
        assertThat(read(ReadOptions.forwards().from(Long.MAX_VALUE)).version()).isEqualTo(2);
        assertThat(read(ReadOptions.backwards().from(0)).isEmpty()).isTrue();
        backend.truncate(STREAM, 3);
        assertThat(read(ReadOptions.forwards())).isEqualTo(new StreamSlice(STREAM, 2, List.of(), OptionalLong.empty()));
    }

    @Test
    void never_asks_for_more_than_is_wanted_nor_for_too_much_at_a_time() {
        TinyBackend limits = new TinyBackend() {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                calls.add("limit " + limit);
                return super.readStream(stream, direction, from, limit);
            }
        };
        limits.add(STREAM, 2500);
        assertThat(new StreamReader(limits, STREAM, ReadOptions.forwards().limit(2001))
                        .read()
                        .events())
                .hasSize(2001);
        assertThat(limits.calls.stream().filter(call -> call.startsWith("limit")))
                .containsExactly("limit 1000", "limit 1000", "limit 1");
    }

    @Test
    void reads_again_what_was_truncated_between_two_pages() {
        backend.streamPage = 2;
        backend.add(STREAM, 6);
        backend.beforePage = page -> {
            if (page == 2) {
                backend.truncate(STREAM, 4);
            }
        };
        assertSlice(read(ReadOptions.forwards()), 4, 6, OptionalLong.empty());
    }

    @Test
    void reads_as_empty_what_was_deleted_between_two_pages() {
        backend.streamPage = 2;
        backend.add(STREAM, 6);
        backend.beforePage = page -> {
            if (page == 2) {
                backend.truncate(STREAM, 7);
            }
        };
        assertThat(read(ReadOptions.backwards()).events()).isEmpty();
    }

    @Test
    void gives_up_on_a_stream_that_never_holds_still() {
        backend.streamPage = 1;
        backend.add(STREAM, 100);
        backend.beforePage = page -> backend.truncate(STREAM, page);
        assertThatThrownBy(() -> read(ReadOptions.forwards()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("'a-1'");
    }

    @Test
    void takes_up_what_is_appended_while_it_reads_forwards() {
        backend.streamPage = 2;
        backend.add(STREAM, 3);
        backend.beforePage = page -> backend.add(STREAM, page == 2 ? 2 : 0);
        StreamSlice slice = read(ReadOptions.forwards());
        assertSlice(slice, 1, 5, OptionalLong.empty());
        assertThat(slice.version()).isEqualTo(5);
    }

    /** A slice whose version were newer than its newest event would let a writer overwrite what it never read. */
    @Test
    void reports_the_version_that_its_newest_event_belongs_to_when_reading_backwards() {
        backend.streamPage = 2;
        backend.add(STREAM, 5);
        backend.beforePage = page -> backend.add(STREAM, page == 2 ? 1 : 0);
        StreamSlice slice = read(ReadOptions.backwards());
        assertSlice(slice, 5, 1, OptionalLong.empty());
        assertThat(slice.version()).isEqualTo(5);
    }

    @Test
    void says_so_when_the_first_version_of_a_page_is_too_low() {
        TinyBackend broken = new TinyBackend() {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = super.readStream(stream, direction, from, limit);
                return new StreamPage(page.version(), 1, page.events());
            }
        };
        broken.add(STREAM, 5);
        broken.truncate(STREAM, 3);
        assertThatThrownBy(() -> new StreamReader(broken, STREAM, ReadOptions.backwards()).read())
                .isInstanceOf(BackendFailure.class)
                .hasMessage("readStream of 'a-1' returned no event before 3, and says that versions 1 to 5 can be read:"
                        + " first and version of a StreamPage must be those of what can be read");
    }

    @Test
    void does_not_spin_on_a_backend_that_stops_giving_events() {
        TinyBackend broken = new TinyBackend() {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = super.readStream(stream, direction, from, 1);
                return from > 1 ? new StreamPage(page.version(), page.first(), List.of()) : page;
            }
        };
        broken.add(STREAM, 3);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> new StreamReader(broken, STREAM, ReadOptions.forwards()).read())
                        .isInstanceOf(BackendFailure.class)
                        .hasMessageContaining("returned no event after 1")
                        .hasMessageContaining("versions 1 to 3 can be read"));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void does_not_spin_on_a_backend_whose_pages_come_no_further(Direction direction) {
        TinyBackend broken = new TinyBackend() {
            @Override
            public StreamPage readStream(StreamId stream, Direction asked, long from, int limit) {
                return super.readStream(stream, asked, asked == Direction.FORWARDS ? 1 : Long.MAX_VALUE, 2);
            }
        };
        broken.add(STREAM, 5);
        ReadOptions options = direction == Direction.FORWARDS ? ReadOptions.forwards() : ReadOptions.backwards();
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> new StreamReader(broken, STREAM, options).read())
                        .isInstanceOf(BackendFailure.class)
                        .hasMessage("readStream of 'a-1' %s from %s returned version %s as the last of a page"
                                .formatted(
                                        direction.name().toLowerCase(Locale.ROOT),
                                        3,
                                        direction == Direction.FORWARDS ? 2 : 4)));
    }

    private StreamSlice read(ReadOptions options) {
        return new StreamReader(backend, STREAM, options).read();
    }

    private void assertSlice(StreamSlice slice, long first, long last, OptionalLong next) {
        LongStream versions = first <= last
                ? LongStream.rangeClosed(first, last)
                : LongStream.rangeClosed(last, first).map(version -> first + last - version);
        assertThat(slice.events())
                .extracting(RecordedEvent::version)
                .containsExactlyElementsOf(versions.boxed().toList());
        assertThat(slice.next()).isEqualTo(next);
    }
}
