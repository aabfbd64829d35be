package io.headwater.internal.subscription.parking;

import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StoredValues;
import java.time.Instant;

/** The stored record of a parked event. The event itself is in the log. */
public record ParkedRecord(
        StreamId stream, long version, Position position, String type, String error, int attempts, Instant parkedAt) {

    static ParkedRecord read(SubscriptionRecord kept) {
        try {
            return parked(kept);
        } catch (RuntimeException e) {
            throw StoredValues.damaged("record of parked event '" + kept.key() + "'", e);
        }
    }

    private static ParkedRecord parked(SubscriptionRecord kept) {
        return new ParkedRecord(
                StreamId.of(text(kept, "stream")),
                Long.parseLong(text(kept, "version")),
                Position.parse(kept.key()),
                text(kept, "type"),
                text(kept, "error"),
                Integer.parseInt(text(kept, "attempts")),
                Instant.parse(text(kept, "parkedAt")));
    }

    public ParkedEvent toEvent(boolean replayRequested) {
        return new ParkedEvent(stream, version, position, type, error, attempts, parkedAt, replayRequested);
    }

    private static String text(SubscriptionRecord kept, String field) {
        Metadata fields = kept.fields();
        return fields.get(field).orElseThrow(() -> new InvalidRequest("it has no field '" + field + "'"));
    }
}
