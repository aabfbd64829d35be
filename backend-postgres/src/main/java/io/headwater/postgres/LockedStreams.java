package io.headwater.postgres;

import io.headwater.AppendRequest;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The streams of some requests, which no other transaction can write to until this one ends. Those that do not exist
 * get an empty row, so that no other transaction can create them meanwhile; {@link #grow} removes what was not needed.
 */
final class LockedStreams {
    private static final String LOCK =
            "SELECT " + StoredStream.COLUMNS + " FROM ${schema}.lock_streams_v1(?, ?) WHERE ${same_store}";
    private static final String GROW = "SELECT ${schema}.grow_streams_v1(?, ?, ?, ?) WHERE ${same_store}";

    private final Session session;
    private final Map<StreamId, GrowingStream> streams = new HashMap<>();

    private LockedStreams(Session session) {
        this.session = session;
    }

    static LockedStreams of(Session session, List<AppendRequest> requests) throws SQLException {
        return of(session, requests.stream().flatMap(LockedStreams::streams));
    }

    static LockedStreams of(Session session, Stream<StreamId> streams) throws SQLException {
        LockedStreams locked = new LockedStreams(session);
        locked.lock(streams.distinct().toList());
        return locked;
    }

    private static Stream<StreamId> streams(AppendRequest request) {
        return Stream.concat(
                request.writes().stream().map(StreamWrite::stream),
                request.checks().stream().map(StreamCheck::stream));
    }

    private void lock(List<StreamId> ids) throws SQLException {
        String[] names = ids.stream().map(StreamId::value).toArray(String[]::new);
        String[] categories = ids.stream().map(id -> id.category().orElse(null)).toArray(String[]::new);
        session.list(this::locked, LOCK, session.array("text", names), session.array("text", categories))
                .forEach(stream -> streams.put(stream.id(), stream));
    }

    private GrowingStream locked(ResultSet row) throws SQLException {
        return new GrowingStream(StreamId.of(row.getString(6)), StoredStream.of(row, session));
    }

    GrowingStream get(StreamId id) {
        return Objects.requireNonNull(streams.get(id));
    }

    /** Writes the new versions of the streams. */
    void grow() throws SQLException {
        List<GrowingStream> written = streams(GrowingStream::isWritten);
        List<GrowingStream> unused = streams(GrowingStream::isUnused);
        if (written.isEmpty() && unused.isEmpty()) {
            return;
        }
        session.execute(
                GROW,
                session.array("int8", keys(written)),
                session.array(
                        "int8",
                        written.stream().mapToLong(GrowingStream::version).toArray()),
                session.array(
                        "bytea",
                        written.stream().map(GrowingStream::recentBytes).toArray(byte[][]::new)),
                session.array("int8", keys(unused)));
    }

    private List<GrowingStream> streams(Predicate<GrowingStream> kind) {
        return streams.values().stream().filter(kind).toList();
    }

    private static long[] keys(List<GrowingStream> streams) {
        return streams.stream().mapToLong(GrowingStream::key).toArray();
    }
}
