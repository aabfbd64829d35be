package io.headwater.postgres;

import io.headwater.StreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** An append in a transaction that stays open until it is committed or rolled back; closing it does the latter. */
final class OpenAppend implements AutoCloseable {
    private static final String APPEND =
            "SELECT o_position, o_version FROM %s.append_v1(?, ?, -1, ?, ?, ?, ?, ARRAY_FILL(NULL::bytea, ARRAY[?]))";

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
        String[] types = new String[ids.length];
        Short[] contents = new Short[ids.length];
        byte[][] data = new byte[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            types[i] = "Held";
            contents[i] = 1;
            data[i] = new byte[] {(byte) i};
        }
        try (PreparedStatement statement = connection.prepareStatement(APPEND.formatted(namespace))) {
            statement.setString(1, stream);
            statement.setString(2, StreamId.of(stream).category().orElse(null));
            statement.setArray(3, connection.createArrayOf("uuid", ids));
            statement.setArray(4, connection.createArrayOf("text", types));
            statement.setArray(5, connection.createArrayOf("int2", contents));
            statement.setArray(6, connection.createArrayOf("bytea", data));
            statement.setInt(7, ids.length);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                position = row.getLong(1);
                version = row.getLong(2);
            }
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
