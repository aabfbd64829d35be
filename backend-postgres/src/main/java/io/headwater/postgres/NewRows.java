package io.headwater.postgres;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.spi.Change.Write;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of a transaction that are not written yet. */
final class NewRows {
    private static final String COPY = """
            COPY ${schema}.events (position, stream_key, version, begins, ends, category, recorded_at, event_id, type, content,
                data, metadata, append_begins) FROM STDIN (FORMAT binary)""";
    private static final int COLUMNS = 13;

    private final List<Place> places = new ArrayList<>();
    private final List<EventData> events = new ArrayList<>();

    /** The position of an event. */
    private record Place(
            GrowingStream stream,
            long position,
            long version,
            boolean begins,
            boolean ends,
            long recordedAt,
            @Nullable Boolean beginsAppend) {}

    /** Adds the events of one append to a stream, at its current end, from this position on. */
    void add(GrowingStream stream, List<EventData> appended, long position, long recordedAt) {
        int last = appended.size() - 1;
        for (int i = 0; i <= last; i++) {
            places.add(new Place(stream, position + i, stream.version() + i + 1, i == 0, i == last, recordedAt, null));
        }
        events.addAll(appended);
    }

    /** Adds what another store had as a part of one append, at these positions. */
    void add(GrowingStream stream, Write write, List<Long> positions, boolean beginsAppend) {
        int last = positions.size() - 1;
        for (int i = 0; i <= last; i++) {
            RecordedEvent event = write.events().get(i);
            long recordedAt = ValueCodes.micros(event.recordedAt());
            places.add(new Place(
                    stream, positions.get(i), event.version(), i == 0, i == last, recordedAt, beginsAppend && i == 0));
            events.add(event.toEventData());
        }
    }

    void insert(Session session) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        session.copy(COPY, this::write);
    }

    private void write(CopiedRows rows) throws SQLException {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            EventData event = events.get(i);
            rows.row(COLUMNS);
            rows.put(place.position);
            rows.put(place.stream.key());
            rows.put(place.version);
            rows.put(place.begins);
            rows.put(place.ends);
            rows.put(place.stream.category());
            rows.put(place.recordedAt);
            rows.put(event.id());
            rows.put(event.type());
            rows.put(ValueCodes.contentType(event.data()));
            rows.put(event.data().bytes());
            rows.put(ValueCodes.metadata(event));
            if (place.beginsAppend == null) {
                rows.putNull();
            } else {
                rows.put(place.beginsAppend);
            }
        }
    }
}
