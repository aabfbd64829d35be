package io.headwater.postgres;

import io.headwater.EventData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Events of a transaction that are still to be written. */
final class NewRows {
    private static final String INSERT = """
            INSERT INTO ${schema}.events (position, stream_key, version, begins, ends, category, recorded_at,
                event_id, type, content, data, metadata)
            SELECT position, stream_key, version, begins, ends, category, recorded.at, event_id, type, content, data, metadata
            FROM (SELECT ${schema}.now_v1() AS at) recorded, unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS e (position, stream_key, version, begins, ends, category, event_id, type, content, data, metadata)""";

    private final List<Place> places = new ArrayList<>();
    private final List<EventData> events = new ArrayList<>();

    /** Where an event comes to lie. */
    private record Place(GrowingStream stream, long position, long version, boolean begins, boolean ends) {}

    /** Events of one append to a stream, at its present end, from this position on. */
    void add(GrowingStream stream, List<EventData> appended, long position) {
        int last = appended.size() - 1;
        for (int i = 0; i <= last; i++) {
            places.add(new Place(stream, position + i, stream.version() + i + 1, i == 0, i == last));
        }
        events.addAll(appended);
    }

    void insert(Session session) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        List<Object> parameters = new ArrayList<>(List.of(
                session.array("int8", places.stream().mapToLong(Place::position).toArray()),
                session.array(
                        "int8",
                        places.stream().mapToLong(place -> place.stream.key()).toArray()),
                session.array("int8", places.stream().mapToLong(Place::version).toArray()),
                session.array("bool", flags(Place::begins)),
                session.array("bool", flags(Place::ends)),
                session.array("text", categories())));
        parameters.addAll(List.of(new EventArrays(events).bound(session)));
        session.update(INSERT, parameters.toArray());
    }

    private @Nullable String[] categories() {
        @Nullable String[] categories = new String[places.size()];
        for (int i = 0; i < categories.length; i++) {
            categories[i] = places.get(i).stream.category();
        }
        return categories;
    }

    private boolean[] flags(Predicate<Place> flag) {
        boolean[] flags = new boolean[places.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = flag.test(places.get(i));
        }
        return flags;
    }
}
