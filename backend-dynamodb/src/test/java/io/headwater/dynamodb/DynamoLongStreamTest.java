package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stream of 100,000 events, which do not fit into the memory of the process that reads them. */
class DynamoLongStreamTest {
    private static final StreamId STREAM = StreamId.of("long-1");
    private static final int APPENDS = 20;
    private static final int EVENTS_OF_EACH = 5_000;
    private static final int BYTES = 600;
    private static final String HEAP = "-Xmx48m";

    @Test
    void it_is_read_forwards_backwards_and_in_the_log_with_bounded_memory() throws Exception {
        String url = DynamoFixture.url();
        try (EventStore store = EventStores.open(url)) {
            for (int i = 0; i < APPENDS; i++) {
                List<EventData> events = Stream.generate(() -> EventData.binary("happened", new byte[BYTES]))
                        .limit(EVENTS_OF_EACH)
                        .toList();
                store.append(STREAM, ExpectedVersion.exactly((long) i * EVENTS_OF_EACH), events);
            }
        }
        int count = APPENDS * EVENTS_OF_EACH;

        assertThat(read(url)).contains("forwards " + count, "backwards " + count, "log " + count);
    }

    private static String read(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        url)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The process that reads. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) {
            try (EventStore store = EventStores.open(arguments[0])) {
                System.out.println("forwards " + inOrder(store.stream(STREAM), 1, 1));
                System.out.println("backwards "
                        + inOrder(store.stream(STREAM, ReadOptions.backwards()), (long) APPENDS * EVENTS_OF_EACH, -1));
                System.out.println("log " + inOrder(store.log(LogQuery.all()), 1, 1));
            }
        }

        /** The number of events; fails if a version is missing. */
        private static long inOrder(Stream<RecordedEvent> events, long first, int step) {
            long[] next = {first};
            return events.peek(event -> {
                        if (event.version() != next[0]) {
                            throw new IllegalStateException("version %s, not %s".formatted(event.version(), next[0]));
                        }
                        next[0] += step;
                    })
                    .mapToLong(event -> 1)
                    .sum();
        }
    }
}
