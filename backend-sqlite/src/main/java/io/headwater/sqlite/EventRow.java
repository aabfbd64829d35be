package io.headwater.sqlite;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.ValueCodes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads and writes events as rows of the table {@code events}. */
final class EventRow {
    /** The columns that {@link #read} reads, of the table {@code e}. Others may follow. */
    static final String COLUMNS =
            "e.position, e.version, e.event_id, e.type, e.content, e.data, e.metadata, e.recorded_at";

    /** The number of {@link #COLUMNS}. */
    static final int WIDTH = 8;

    static final String INSERT =
            "INSERT INTO events (position, stream_key, version, category_key, recorded_at, event_id,"
                    + " type, content, data, metadata, begins, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** What the column {@code begins} has for the first event of a further stream of an append. */
    static final int BEGINS_FURTHER = 2;

    private EventRow() {}

    /** Reads an event. The column after {@link #COLUMNS} is the name of its stream. */
    static RecordedEvent read(ResultSet row) throws SQLException {
        try {
            return event(row, StreamId.of(row.getString(WIDTH + 1)));
        } catch (RuntimeException e) {
            throw damaged(row, e);
        }
    }

    /** Reads an event of this stream. */
    static RecordedEvent read(ResultSet row, StreamId stream) throws SQLException {
        try {
            return event(row, stream);
        } catch (RuntimeException e) {
            throw damaged(row, e);
        }
    }

    private static RuntimeException damaged(ResultSet row, RuntimeException e) throws SQLException {
        return StoredValues.damaged("event at position " + row.getLong(1), e);
    }

    private static RecordedEvent event(ResultSet row, StreamId stream) throws SQLException {
        return new RecordedEvent(
                stream,
                row.getLong(2),
                Positions.of(row.getLong(1)),
                ValueCodes.uuid(row.getBytes(3)),
                row.getString(4),
                ValueCodes.payload(row.getInt(5), row.getBytes(6)),
                ValueCodes.metadata(row.getBytes(7)),
                ValueCodes.instant(row.getLong(8)));
    }

    /**
     * Binds the parameters of {@link #INSERT} that say where an append begins and ends.
     *
     * @param number the number of the event among those that the append writes to its stream, from 1
     * @param count how many these are
     * @param further whether the append has written to another stream before
     */
    static void bindBoundaries(PreparedStatement insert, long number, int count, boolean further) throws SQLException {
        int first = further ? BEGINS_FURTHER : 1;
        insert.setInt(11, number == 1 ? first : 0);
        insert.setBoolean(12, number == count);
    }

    /** Binds the parameters of {@link #INSERT} that come from the event itself. The caller binds the others. */
    static void bind(PreparedStatement insert, EventData event) throws SQLException {
        insert.setBytes(6, ValueCodes.bytes(event.id()));
        insert.setString(7, event.type());
        insert.setInt(8, ValueCodes.contentType(event.data()));
        insert.setBytes(9, event.data().bytes());
        insert.setBytes(10, ValueCodes.metadata(event));
    }
}
