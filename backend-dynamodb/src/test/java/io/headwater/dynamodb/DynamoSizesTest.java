package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LimitExceeded;
import io.headwater.Limits;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StoreUrl;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends of all sizes, up to the limits and one beyond. */
class DynamoSizesTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final int KILOBYTE = 1 << 10;

    /** For the longest names of streams: four bytes. */
    private static final String CODE_POINT = "\uD83D\uDE00";

    private final EventStore store = EventStores.open(url());
    private final Limits limits = store.capabilities().limits();

    @AfterEach
    void close() {
        store.close();
    }

    /** Of a store with the longest name. */
    private static String url() {
        String url = DynamoFixture.url();
        String name = StoreAddress.of(StoreUrl.parse(url)).store();
        return url.replace(name, name + "-".repeat(40 - name.length()));
    }

    /** An event that counts for this number of bytes. */
    private static EventData event(long bytes) {
        return EventData.binary("t", new byte[(int) bytes - 1]);
    }

    private static List<EventData> events(int count, long bytes) {
        return IntStream.range(0, count).mapToObj(i -> event(bytes)).toList();
    }

    /** This number of events, with this number of bytes in all. */
    private static List<EventData> eventsOf(int count, long bytes) {
        List<EventData> events = new ArrayList<>(events(count - 1, bytes / count));
        events.add(event(bytes - (count - 1) * (bytes / count)));
        return events;
    }

    private static List<EventData> data(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::toEventData).toList();
    }

    private List<RecordedEvent> log() {
        return store.log(LogQuery.all()).toList();
    }

    private void appendsAndReads(List<EventData> events) {
        store.append(STREAM, ExpectedVersion.noStream(), events);
        List<EventData> backwards = new ArrayList<>(events);
        Collections.reverse(backwards);

        assertThat(data(store.readStream(STREAM).events())).isEqualTo(events);
        assertThat(data(store.readStream(STREAM, ReadOptions.backwards()).events()))
                .isEqualTo(backwards);
        assertThat(data(log())).isEqualTo(events);
        assertThat(store.log(LogQuery.all().backwards()).map(RecordedEvent::toEventData))
                .isEqualTo(backwards);
    }

    private void refuses(AppendRequest request) {
        assertThatThrownBy(() -> store.append(request)).isInstanceOf(LimitExceeded.class);
        assertThat(store.version(STREAM)).isZero();
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 5_000})
    void appends_of_few_and_many_events_are_read_as_they_were_written(int count) {
        appendsAndReads(events(count, 100));
    }

    @Test
    void events_of_200_kibibytes_which_do_not_share_items_are_read_as_they_were_written() {
        appendsAndReads(events(18, 200 * KILOBYTE));
    }

    @Test
    void the_largest_event_is_read_as_it_was_written() {
        appendsAndReads(List.of(event(limits.maxEventBytes())));
    }

    @Test
    void the_largest_append_is_read_as_it_was_written() {
        appendsAndReads(eventsOf(limits.maxEventsPerAppend(), limits.maxAppendBytes()));
    }

    @Test
    void an_append_that_is_one_beyond_a_limit_is_refused() {
        refuses(AppendRequest.to(STREAM, ExpectedVersion.any(), event(limits.maxEventBytes() + 1)));
        refuses(AppendRequest.to(STREAM, ExpectedVersion.any(), events(limits.maxEventsPerAppend() + 1, 10)));
        refuses(AppendRequest.to(STREAM, ExpectedVersion.any(), eventsOf(20, limits.maxAppendBytes() + 1L)));
        refuses(toStreams(limits.maxStreamsPerAppend(), 1, 10).check(STREAM, ExpectedVersion.any()));
    }

    /** Streams with the longest names. */
    private static StreamId stream(int number) {
        String digits = "%02d".formatted(number);
        return StreamId.of(CODE_POINT.repeat(255 - digits.length()) + digits);
    }

    private static AppendRequest toStreams(int streams, int eventsOfEach, long bytes) {
        AppendRequest request = AppendRequest.to(stream(0), ExpectedVersion.noStream(), events(eventsOfEach, bytes));
        for (int i = 1; i < streams; i++) {
            request = request.and(
                    stream(i),
                    ExpectedVersion.noStream(),
                    events(eventsOfEach, bytes).toArray(EventData[]::new));
        }
        return request;
    }

    @Test
    void all_limits_are_reached_at_once_by_new_streams_with_the_longest_names() {
        int streams = limits.maxStreamsPerAppend();
        int ofEach = limits.maxEventsPerAppend() / streams;
        int more = limits.maxEventsPerAppend() - (streams - 1) * ofEach;
        long bytes = limits.maxAppendBytes() / limits.maxEventsPerAppend();
        AppendRequest request = toStreams(streams - 1, ofEach, bytes)
                .and(STREAM, ExpectedVersion.noStream(), events(more, bytes).toArray(EventData[]::new));
        assertThat(request.eventCount()).isEqualTo(limits.maxEventsPerAppend());
        assertThat(request.streamCount()).isEqualTo(streams);

        store.append(request);

        assertThat(store.readStream(STREAM).events()).hasSize(more);
        assertThat(store.readStream(stream(0)).events()).hasSize(ofEach);
        assertThat(data(log()))
                .isEqualTo(request.writes().stream()
                        .flatMap(write -> write.events().stream())
                        .toList());
    }

    @Test
    void all_limits_are_reached_at_once_by_events_that_pair_badly() {
        long large = 200 * KILOBYTE;
        int streams = limits.maxStreamsPerAppend();
        long small = (limits.maxAppendBytes() - 3 * large) / (streams - 1);
        AppendRequest request = toStreams(streams - 1, 1, small)
                .and(STREAM, ExpectedVersion.noStream(), events(3, large).toArray(EventData[]::new));

        store.append(request);

        assertThat(log()).hasSize(streams + 2);
    }
}
