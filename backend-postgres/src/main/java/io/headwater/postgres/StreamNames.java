package io.headwater.postgres;

import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the streams that were read last in a log, by their keys. A key keeps its name as long as the log is the same.
 * A page of the log has the names of streams that begin in it; the names of others that are not known are read together.
 * Thread-safe.
 */
final class StreamNames {
    /** The name of the stream of an event {@code e}. A subquery, because a join could read all streams for a page. */
    static final String NAME = "(SELECT s.name FROM ${schema}.streams s WHERE s.stream_key = e.stream_key LIMIT 1)";

    /** Columns of an event {@code e} after those of {@link EventRow}. */
    static final String COLUMNS =
            "e.stream_key, CASE WHEN e.version = 1 THEN " + NAME + " END, " + KnownLog.STANDS + " AS stands";

    private static final String NAMES =
            "SELECT e.stream_key, " + NAME + " FROM unnest(?) AS e (stream_key) WHERE ${same_store}";
    private static final int MOST = 20_000;

    private final Map<Long, StreamId> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StreamId> eldest) {
            return size() > MOST;
        }
    };

    /** An event of the stream with this key. The name is there if the stream begins with the event. */
    private record Found(long key, @Nullable StreamId name, boolean stands, Function<StreamId, RecordedEvent> event) {
        static Found of(ResultSet row) throws SQLException {
            Function<StreamId, RecordedEvent> event = EventRow.read(row);
            String name = row.getString(10);
            return new Found(row.getLong(9), name == null ? null : StreamId.of(name), row.getBoolean(11), event);
        }
    }

    /** The events that a query of both lists of columns finds; empty if the server no longer has the log of these names. */
    Optional<List<RecordedEvent>> events(Session session, String sql, @Nullable Object... parameters)
            throws SQLException {
        List<Found> found = session.list(Found::of, sql, parameters);
        if (!found.stream().allMatch(Found::stands)) {
            return Optional.empty();
        }
        Map<Long, StreamId> names = ofThese(found);
        ask(session, names, found);
        return Optional.of(found.stream()
                .map(one -> one.event.apply(Objects.requireNonNull(names.get(one.key))))
                .toList());
    }

    private synchronized Map<Long, StreamId> ofThese(List<Found> events) {
        Map<Long, StreamId> names = new HashMap<>();
        for (Found one : events) {
            @Nullable StreamId name = one.name == null ? known.get(one.key) : one.name;
            if (name != null) {
                names.put(one.key, name);
            }
        }
        known.putAll(names);
        return names;
    }

    /** Reads the names that are not known. */
    private void ask(Session session, Map<Long, StreamId> names, List<Found> events) throws SQLException {
        long[] missing = events.stream()
                .mapToLong(Found::key)
                .filter(key -> !names.containsKey(key))
                .distinct()
                .toArray();
        if (missing.length > 0) {
            names.putAll(told(session, missing));
            learn(names);
        }
    }

    private static Map<Long, StreamId> told(Session session, long[] keys) throws SQLException {
        return session
                .list(
                        row -> Map.entry(row.getLong(1), StreamId.of(row.getString(2))),
                        NAMES,
                        session.array("int8", keys))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private synchronized void learn(Map<Long, StreamId> names) {
        known.putAll(names);
    }
}
