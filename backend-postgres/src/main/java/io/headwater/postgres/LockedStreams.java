package io.headwater.postgres;

import io.headwater.AppendRequest;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The streams of some requests, which nobody else can write to until the transaction ends. Those that do not exist get an
 * empty row, so that nobody else can make them meanwhile; {@link #grow} removes what was not needed.
 */
final class LockedStreams {
    /** In the order of names, as everybody locks them, so that none waits in a circle. */
    private static final String LOCK =
            "SELECT " + StoredStream.COLUMNS + " FROM ${schema}.streams WHERE name = ANY (?) ORDER BY name FOR UPDATE";

    private static final String CREATE = """
            INSERT INTO ${schema}.streams (name, category, version)
            SELECT name, category, 0 FROM unnest(?, ?) AS missing (name, category) ORDER BY name COLLATE "C"
            ON CONFLICT (name) DO NOTHING""";
    private static final String GROW = """
            UPDATE ${schema}.streams s SET version = grown.version, recent = coalesce(grown.recent, s.recent)
            FROM unnest(?, ?, ?) AS grown (stream_key, version, recent) WHERE s.stream_key = grown.stream_key""";
    private static final String REMOVE = "DELETE FROM ${schema}.streams WHERE stream_key = ANY (?)";

    private final Session session;
    private final Map<StreamId, GrowingStream> streams = new HashMap<>();

    private LockedStreams(Session session) {
        this.session = session;
    }

    static LockedStreams of(Session session, List<AppendRequest> requests) throws SQLException {
        LockedStreams locked = new LockedStreams(session);
        List<StreamId> named =
                requests.stream().flatMap(LockedStreams::streams).distinct().toList();
        locked.lock(named);
        List<StreamId> missing = locked.missing(named);
        if (!missing.isEmpty()) {
            locked.create(missing);
            locked.lock(missing);
        }
        return locked;
    }

    private static Stream<StreamId> streams(AppendRequest request) {
        return Stream.concat(
                request.writes().stream().map(StreamWrite::stream),
                request.checks().stream().map(StreamCheck::stream));
    }

    private void lock(List<StreamId> ids) throws SQLException {
        session.list(
                        row -> {
                            StreamId id = StreamId.of(row.getString(6));
                            return new GrowingStream(id, StoredStream.of(row, session));
                        },
                        LOCK,
                        names(ids))
                .forEach(stream -> streams.put(stream.id(), stream));
    }

    private List<StreamId> missing(List<StreamId> ids) {
        return ids.stream().filter(id -> !streams.containsKey(id)).toList();
    }

    private Array names(List<StreamId> ids) throws SQLException {
        return session.array("text", ids.stream().map(StreamId::value).toArray(String[]::new));
    }

    private void create(List<StreamId> missing) throws SQLException {
        String[] categories =
                missing.stream().map(id -> id.category().orElse(null)).toArray(String[]::new);
        session.update(CREATE, names(missing), session.array("text", categories));
    }

    GrowingStream get(StreamId id) {
        return Objects.requireNonNull(streams.get(id));
    }

    /** Writes how far the streams have come. */
    void grow() throws SQLException {
        List<GrowingStream> written =
                streams.values().stream().filter(GrowingStream::isWritten).toList();
        if (!written.isEmpty()) {
            session.update(
                    GROW,
                    session.array("int8", keys(written)),
                    session.array(
                            "int8",
                            written.stream().mapToLong(GrowingStream::version).toArray()),
                    session.array(
                            "bytea",
                            written.stream().map(GrowingStream::recentBytes).toArray(byte[][]::new)));
        }
        tidy();
    }

    private void tidy() throws SQLException {
        List<GrowingStream> unused =
                streams.values().stream().filter(GrowingStream::isUnused).toList();
        if (!unused.isEmpty()) {
            session.update(REMOVE, session.array("int8", keys(unused)));
        }
    }

    private static long[] keys(Collection<GrowingStream> streams) {
        return streams.stream().mapToLong(GrowingStream::key).toArray();
    }
}
