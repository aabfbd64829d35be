package io.headwater.postgres;

import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ValueCodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** Reads events from rows. */
final class EventRow {
    /** The columns of an event {@code e} that {@link #read} reads. */
    static final String COLUMNS =
            "e.position, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    private EventRow() {}

    /** The event, as a function of its stream. */
    static Function<StreamId, RecordedEvent> read(ResultSet row) throws SQLException {
        Position position = Positions.of(row.getLong(1));
        long version = version(row.getLong(2));
        UUID id = row.getObject(3, UUID.class);
        String type = row.getString(4);
        Payload data = ValueCodes.payload(row.getInt(5), row.getBytes(6));
        Metadata metadata = ValueCodes.metadata(row.getBytes(7));
        Instant recordedAt = ValueCodes.instant(row.getLong(8));
        return stream -> new RecordedEvent(stream, version, position, id, type, data, metadata, recordedAt);
    }

    /** Checked here, where it is known that the value was stored. */
    private static long version(long stored) {
        if (stored < 1) {
            throw new InvalidRequest("the version of an event is " + stored);
        }
        return stored;
    }
}
