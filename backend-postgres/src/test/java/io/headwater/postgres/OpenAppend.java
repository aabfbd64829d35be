package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;

/** An append in a transaction that stays open until it is committed or rolled back; closing it does the latter. */
final class OpenAppend implements AutoCloseable {
    private final Connection connection;
    private final UUID[] ids;
    private final AppendResult result;

    private OpenAppend(Connection connection, UUID[] ids, AppendResult result) {
        this.connection = connection;
        this.ids = ids;
        this.result = result;
    }

    /** Appends to a stream of any version, on this connection, which is its own from now on. */
    static OpenAppend of(Connection connection, String namespace, String stream, UUID... ids) throws SQLException {
        connection.setAutoCommit(false);
        EventData[] events = Arrays.stream(ids).map(OpenAppend::event).toArray(EventData[]::new);
        AppendRequest request = AppendRequest.to(StreamId.of(stream), ExpectedVersion.any(), events);
        try (RunningCalls calls = new RunningCalls();
                RunningCalls.Call call = calls.begin(connection)) {
            AppendOutcome outcome =
                    AppendEvents.append(new Session(connection, new Namespace(namespace), call), request);
            return new OpenAppend(
                    connection,
                    ids,
                    ((AppendOutcome.Appended) outcome).results().get(0));
        }
    }

    private static EventData event(UUID id) {
        return EventData.binary("Held", new byte[0]).withId(id);
    }

    /** Of its last event. */
    long position() {
        return Positions.number(result.position());
    }

    /** Of its last event. */
    long version() {
        return result.version();
    }

    UUID[] ids() {
        return ids;
    }

    /** Of the server, for its connection. */
    int process() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
