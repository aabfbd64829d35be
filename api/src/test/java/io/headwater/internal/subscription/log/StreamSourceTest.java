package io.headwater.internal.subscription.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionStart;
import io.headwater.internal.GuardedEventStore;
import io.headwater.spi.StreamPage;
import io.headwater.testing.TinyBackend;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamSourceTest {
    private static final StreamId STREAM = StreamId.of("a-1");
    private static final StreamId OTHER = StreamId.of("b-1");

    private Runnable afterEmptyPage = () -> {};
    private final TinyBackend backend = new TinyBackend() {
        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            StreamPage page = super.readStream(stream, direction, from, limit);
            if (page.events().isEmpty() && from == 3) {
                afterEmptyPage.run();
            }
            return page;
        }
    };
    private final EventStore store = new GuardedEventStore("tiny", backend);

    private StreamSource source() {
        return new StreamSource(store, STREAM, LogFilter.all());
    }

    private static Optional<Long> first(LogPage page) {
        return page.events().stream().findFirst().map(RecordedEvent::version);
    }

    @Test
    void a_page_without_events_does_not_make_the_next_one_begin_anew() {
        backend.add(STREAM, 5);
        Position start = store.head();
        backend.add(OTHER, 1);
        StreamSource source = source();
        LogPage empty = source.read(start, 10);
        assertThat(empty.events()).isEmpty();
        assertThat(empty.scannedTo()).isEqualTo(store.head());
        backend.add(STREAM, 2);
        LogPage next = source.read(empty.scannedTo(), 10);
        assertThat(next.events()).extracting(RecordedEvent::version).containsExactly(6L, 7L);
    }

    @Test
    void an_event_appended_while_a_hidden_version_is_looked_up_lies_behind_the_start() {
        backend.add(STREAM, 3);
        backend.truncate(STREAM, 4);
        StreamSource source = source();
        afterEmptyPage = () -> backend.add(STREAM, 1);
        Position start = source.locate(new SubscriptionStart.AfterVersion(3));
        assertThat(first(source.read(start, 10))).contains(4L);
    }
}
