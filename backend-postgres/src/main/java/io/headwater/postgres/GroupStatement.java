package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Appends of several callers, each to another stream at an exact version, as one statement. It does not wait for locks: it
 * leaves out a stream that another transaction holds, and one that does not meet its expectation. For each of the others it
 * does what {@link AppendStatement} does.
 *
 * <p>The rows of the streams are updated by an insert with a conflict, because this finds each row by its index. For an
 * update with a join, the planner reads the whole table as long as it believes that the table is small, and it keeps that
 * plan.
 */
final class GroupStatement {
    private static final String APPEND = """
            WITH locked AS MATERIALIZED (
                SELECT given.append, given.name, given.count, s.stream_key, s.version, s.category
                FROM unnest(%s) AS given (append, name, version, count)
                CROSS JOIN LATERAL (
                    SELECT stream_key, version, category FROM ${schema}.streams
                    WHERE name = given.name AND version = given.version AND NOT tombstoned AND ${same_store}
                    FOR UPDATE SKIP LOCKED) s),
            appended AS MATERIALIZED (
                SELECT locked.*, ${schema}.now_v1() AS recorded_at,
                    CASE row_number() OVER () WHEN 1 THEN ${schema}.take_ticket_v1() ELSE nextval('${schema}.tickets') END << 16
                        AS position
                FROM locked),
            grown AS (
                INSERT INTO ${schema}.streams AS s (stream_key, version, name, category) OVERRIDING SYSTEM VALUE
                SELECT stream_key, count, name, category FROM appended
                ON CONFLICT (stream_key) DO UPDATE SET version = s.version + excluded.version),
            inserted AS (
                INSERT INTO ${schema}.events (position, stream_key, version, category, recorded_at, begins, ends,
                    event_id, type, content, data, metadata)
                SELECT position + place - 1, stream_key, version + place, category, recorded_at, place = 1, place = count,
                    id, type, content, data, metadata
                FROM unnest(%s, %s)
                    AS event (append, place, id, type, content, data, metadata)
                JOIN appended USING (append))
            SELECT append, position + count - 1, version + count FROM appended""".formatted(
                    Session.arrays("integer", "text", "bigint", "integer"),
                    Session.arrays("integer", "integer"),
                    EventArrays.PARAMETERS);

    private final List<AppendRequest> requests;
    private final int[] numbers;
    private final String[] names;
    private final long[] versions;
    private final int[] counts;
    private final List<EventData> events = new ArrayList<>();
    private final List<Integer> appends = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private GroupStatement(List<AppendRequest> requests) {
        this.requests = requests;
        numbers = new int[requests.size()];
        names = new String[requests.size()];
        versions = new long[requests.size()];
        counts = new int[requests.size()];
        for (int number = 0; number < numbers.length; number++) {
            set(number, requests.get(number).writes().get(0));
        }
    }

    /** Whether such a statement can contain this append. */
    static boolean takes(AppendRequest request) {
        return !request.isMultiStream() && request.writes().get(0).expected() instanceof ExpectedVersion.Exactly;
    }

    private void set(int number, StreamWrite write) {
        numbers[number] = number;
        names[number] = write.stream().value();
        versions[number] = ((ExpectedVersion.Exactly) write.expected()).version();
        counts[number] = write.events().size();
        for (int place = 1; place <= counts[number]; place++) {
            appends.add(number);
            places.add(place);
        }
        events.addAll(write.events());
    }

    /** The outcomes of the requests that were written, by their index in the list. Every request has another stream. */
    static Map<Integer, AppendOutcome> run(Session session, List<AppendRequest> requests) throws SQLException {
        return new GroupStatement(requests).run(session);
    }

    private Map<Integer, AppendOutcome> run(Session session) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(
                session.array("int4", numbers),
                session.array("text", names),
                session.array("int8", versions),
                session.array("int4", counts),
                session.array("int4", appends.stream().mapToInt(i -> i).toArray()),
                session.array("int4", places.stream().mapToInt(i -> i).toArray())));
        parameters.addAll(List.of(new EventArrays(events).bound(session)));
        return session
                .list(
                        row -> Map.entry(row.getInt(1), appended(row.getInt(1), row.getLong(2), row.getLong(3))),
                        APPEND,
                        parameters.toArray())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private AppendOutcome appended(int number, long position, long version) {
        return new Appended(List.of(new AppendResult(
                requests.get(number).writes().get(0).stream(), version, Positions.of(position), false)));
    }
}
