package io.headwater.sqlite;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.StoredValues;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as rows of the table {@code events}, both ways. */
final class EventRow {
    /** The columns that {@link #read} takes, of the tables {@code e} and, for the stream's name, {@code s}. */
    static final String COLUMNS =
            "e.position, s.name, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    static final String INSERT =
            "INSERT INTO events (position, stream_key, version, category_key, recorded_at, event_id,"
                    + " type, content, data, metadata, begins, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private EventRow() {}

    static RecordedEvent read(ResultSet row) throws SQLException {
        try {
            return event(row);
        } catch (RuntimeException e) {
            throw StoredValues.damaged("event at position " + row.getLong(1), e);
        }
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                StreamId.of(row.getString(2)),
                row.getLong(3),
                Positions.of(row.getLong(1)),
                StoredValues.uuid(row.getBytes(4)),
                row.getString(5),
                payload(row.getInt(6), row.getBytes(7)),
                metadata(row.getBytes(8)),
                instant(row.getLong(9)));
    }

    /** Binds what {@link #INSERT} takes from the event itself; the places of it are bound by the caller. */
    static void bind(PreparedStatement insert, EventData event) throws SQLException {
        insert.setBytes(6, bytes(event.id()));
        insert.setString(7, event.type());
        insert.setInt(8, content(event.data()));
        insert.setBytes(9, event.data().bytes());
        insert.setBytes(10, event.metadata().isEmpty() ? null : event.metadata().encoded());
    }

    /** How a payload is meant, as stored. */
    static int content(Payload data) {
        return data.contentType() == ContentType.JSON ? 0 : 1;
    }

    static Payload payload(int content, byte[] data) {
        return Payload.of(data, StoredValues.contentType(content));
    }

    private static Metadata metadata(byte @Nullable [] stored) {
        return stored == null ? Metadata.none() : Metadata.decoded(stored);
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
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
