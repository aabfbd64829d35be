package io.headwater.postgres;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.StoredValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an event lies in a row. */
final class EventRow {
    /** Columns of an event {@code e}, as {@link #read} takes them. */
    static final String COLUMNS =
            "e.position, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    private EventRow() {}

    /** The event, once it is known of which stream it is. */
    static Function<StreamId, RecordedEvent> read(ResultSet row) throws SQLException {
        Position position = Positions.of(row.getLong(1));
        long version = version(row.getLong(2));
        UUID id = row.getObject(3, UUID.class);
        String type = row.getString(4);
        Payload data = payload(row.getInt(5), row.getBytes(6));
        Metadata metadata = metadata(row.getBytes(7));
        Instant recordedAt = instant(row.getLong(8));
        return stream -> new RecordedEvent(stream, version, position, id, type, data, metadata, recordedAt);
    }

    /** Checked here, where it is known to be stored. */
    private static long version(long stored) {
        if (stored < 1) {
            throw new InvalidRequest("the version of an event is " + stored);
        }
        return stored;
    }

    /** How a payload is meant, as stored. */
    static short content(Payload data) {
        return (short) (data.contentType() == ContentType.JSON ? 0 : 1);
    }

    static Payload payload(int content, byte[] data) {
        return Payload.of(data, StoredValues.contentType(content));
    }

    /** As stored. */
    static byte @Nullable [] metadata(EventData event) {
        return event.metadata().isEmpty() ? null : event.metadata().encoded();
    }

    private static Metadata metadata(byte @Nullable [] stored) {
        return stored == null ? Metadata.none() : Metadata.decoded(stored);
    }

    /** Times beyond those that a column can hold count as the first or the last of them. */
    static long micros(Instant time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
