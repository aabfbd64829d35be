package io.headwater.testing;

import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Events of a log, for tests of single classes. */
public final class LogEvents {
    /** The bytes of the data of each event. */
    public static final int BYTES = 2;

    private LogEvents() {}

    /** An event of a stream. Its version is that of its position. */
    public static RecordedEvent event(String stream, long position) {
        return new RecordedEvent(
                StreamId.of(stream),
                position,
                Positions.of(position),
                new UUID(1, position),
                "T",
                Payload.json("{}"),
                Metadata.none(),
                Instant.EPOCH);
    }

    /** Events of one stream at these positions. */
    public static List<RecordedEvent> at(long... positions) {
        return Arrays.stream(positions).mapToObj(each -> event("a-1", each)).toList();
    }

    /** The numbers of the positions of events. */
    public static List<Long> numbers(List<RecordedEvent> events) {
        return events.stream().map(event -> Positions.number(event.position())).toList();
    }
}
