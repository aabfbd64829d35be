package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamWrite;
import io.headwater.spi.Positions;
import io.headwater.spi.support.ValueCodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An append to one stream as a single statement, for each kind of expectation. It updates the row of the stream if that
 * meets the expectation. Only then, while it holds that row, it takes a ticket and inserts the events. A single event is
 * inserted from plain values, as arrays would add much to the time of a short append.
 */
enum AppendStatement {
    EXACTLY("""
            UPDATE ${schema}.streams s SET version = s.version + ?
            WHERE s.name = ? AND s.version = ? AND NOT s.tombstoned"""),

    NO_STREAM("""
            INSERT INTO ${schema}.streams AS s (version, name, category) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET version = s.version + excluded.version
            WHERE s.first > s.version AND NOT s.tombstoned"""),

    EXISTING("""
            UPDATE ${schema}.streams s SET version = s.version + given.count,
                recent = ${schema}.remember_v1(s.recent, given.id, s.version, given.count)
            FROM (SELECT ?::bigint AS count, ?::text AS name, uuid_send(?::uuid) AS id) given
            WHERE s.name = given.name AND s.first <= s.version AND NOT s.tombstoned
                AND (s.recent IS NULL OR position(given.id IN s.recent) = 0)"""),

    ANY("""
            INSERT INTO ${schema}.streams AS s (version, name, category, recent)
            SELECT count, name, category, ${schema}.remember_v1(NULL, id, 0, count)
            FROM (SELECT ?::bigint AS count, ?::text AS name, ?::text AS category, uuid_send(?::uuid) AS id) given
            ON CONFLICT (name) DO UPDATE SET version = s.version + excluded.version,
                recent = ${schema}.remember_v1(s.recent, substring(excluded.recent FOR 16), s.version, excluded.version)
            WHERE NOT s.tombstoned
                AND (s.recent IS NULL OR position(substring(excluded.recent FOR 16) IN s.recent) = 0)""");

    private static final String COLUMNS =
            "position, stream_key, version, category, recorded_at, begins, ends, event_id, type, content, data, metadata";

    private final String one;
    private final String many;

    AppendStatement(String growStream) {
        String stream = "WITH stream AS (" + growStream + " RETURNING s.stream_key, s.version, s.category)";
        one = stream + """
                INSERT INTO ${schema}.events (%s)
                SELECT ${schema}.take_ticket_v1() << 16, stream_key, version, category, ${schema}.now_v1(), true, true,
                    ?::uuid, ?::text, ?::smallint, ?::bytea, ?::bytea
                FROM stream WHERE ${same_store} RETURNING position, version""".formatted(COLUMNS);
        many = stream + """
                , append AS MATERIALIZED (
                    SELECT stream.*, ${schema}.take_ticket_v1() << 16 AS position, ${schema}.now_v1() AS recorded_at, ?::bigint AS count
                    FROM stream WHERE ${same_store}),
                inserted AS (
                    INSERT INTO ${schema}.events (%1$s)
                    SELECT position + place - 1, stream_key, version - count + place, category, recorded_at, place = 1, place = count,
                        id, type, content, data, metadata
                    FROM append, unnest(%2$s) WITH ORDINALITY
                        AS event (id, type, content, data, metadata, place))
                SELECT position + count - 1, version FROM append""".formatted(COLUMNS, EventArrays.PARAMETERS);
    }

    /**
     * Appends to the only stream of the request. Empty if nothing was written: because of a conflict, or possibly a repeat.
     */
    static Optional<AppendOutcome> run(Session session, AppendRequest request) throws SQLException {
        StreamWrite write = request.writes().get(0);
        AppendStatement statement = of(write.expected());
        List<@Nullable Object> parameters = statement.ofStream(write);
        String sql;
        if (write.events().size() == 1) {
            sql = statement.one;
            addOne(write.events().get(0), parameters);
        } else {
            sql = statement.many;
            parameters.add(write.events().size());
            Collections.addAll(parameters, new EventArrays(write.events()).bound(session));
        }
        return session.first(row -> appended(write, row), sql, parameters.toArray());
    }

    private static AppendStatement of(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly) {
            return EXACTLY;
        }
        if (expected instanceof ExpectedVersion.NoStream) {
            return NO_STREAM;
        }
        return expected instanceof ExpectedVersion.Any ? ANY : EXISTING;
    }

    /** The parameters of the part before the events. */
    private List<@Nullable Object> ofStream(StreamWrite write) {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(write.events().size());
        parameters.add(write.stream().value());
        if (write.expected() instanceof ExpectedVersion.Exactly exactly) {
            parameters.add(exactly.version());
        }
        if (this == NO_STREAM || this == ANY) {
            parameters.add(write.stream().category().orElse(null));
        }
        if (this == EXISTING || this == ANY) {
            parameters.add(write.events().get(0).id());
        }
        return parameters;
    }

    private static void addOne(EventData event, List<@Nullable Object> parameters) {
        parameters.add(event.id());
        parameters.add(event.type());
        parameters.add(ValueCodes.contentType(event.data()));
        parameters.add(event.data().bytes());
        parameters.add(ValueCodes.metadata(event));
    }

    private static AppendOutcome appended(StreamWrite write, ResultSet row) throws SQLException {
        return new Appended(
                List.of(new AppendResult(write.stream(), row.getLong(2), Positions.of(row.getLong(1)), false)));
    }
}
