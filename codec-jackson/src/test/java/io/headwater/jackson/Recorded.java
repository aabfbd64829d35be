package io.headwater.jackson;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.time.Instant;

/** Events as a store would return them. */
final class Recorded {
    private Recorded() {}

    static RecordedEvent of(EventData event) {
        return new RecordedEvent(
                StreamId.of("order", "42"),
                3,
                Positions.of(7),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                Instant.EPOCH);
    }

    static RecordedEvent json(String type, String json) {
        return of(EventData.json(type, json));
    }
}
