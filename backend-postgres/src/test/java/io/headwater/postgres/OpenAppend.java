package io.headwater.postgres;

import io.headwater.StreamId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.UUID;

/** An append in a transaction that stays open until it is committed or rolled back; closing it does the latter. */
final class OpenAppend implements AutoCloseable {
    private static final String APPEND =
            "SELECT %s.append_v1(?, ?, -1, ?, 'Held', 1::smallint, ''::bytea, NULL, ?, ?, ?, ?, ?)";

    private static final int MOST_TRIES = 2;

    private final Connection connection;
    private final UUID[] ids;
    private long position;
    private long version;

    private OpenAppend(Connection connection, UUID[] ids) {
        this.connection = connection;
        this.ids = ids;
    }

    /** Appends to a stream of any version, on this connection, which is its own from now on. */
    static OpenAppend of(Connection connection, String namespace, String stream, UUID... ids) throws SQLException {
        OpenAppend append = new OpenAppend(connection, ids);
        connection.setAutoCommit(false);
        append.run(namespace, stream);
        return append;
    }

    private void run(String namespace, String stream) throws SQLException {
        int others = ids.length - 1;
        try (PreparedStatement statement = connection.prepareStatement(APPEND.formatted(namespace))) {
            statement.setString(1, stream);
            statement.setString(2, StreamId.of(stream).category().orElse(null));
            statement.setObject(3, ids[0]);
            statement.setArray(4, connection.createArrayOf("uuid", Arrays.copyOfRange(ids, 1, ids.length)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "text", Collections.nCopies(others, "Held").toArray()));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "int2", Collections.nCopies(others, (short) 1).toArray()));
            statement.setArray(7, connection.createArrayOf("bytea", new byte[others][0]));
            statement.setArray(8, connection.createArrayOf("bytea", new byte[others][]));
            // The first time nothing is written when somebody else has just made the stream.
            int tries = 1;
            while (!isWritten(statement)) {
                if (++tries > MOST_TRIES) {
                    throw new IllegalStateException("'" + stream + "' cannot be appended to");
                }
            }
        }
    }

    private boolean isWritten(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            Array written = row.getArray(1);
            if (written == null) {
                return false;
            }
            Long[] positionAndVersion = (Long[]) written.getArray();
            position = positionAndVersion[0];
            version = positionAndVersion[1];
            return true;
        }
    }

    /** Of its last event. */
    long position() {
        return position;
    }

    /** Of its last event. */
    long version() {
        return version;
    }

    UUID[] ids() {
        return ids;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
