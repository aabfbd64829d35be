package io.headwater.benchmarks;

import io.headwater.benchmarks.Tally.Counter;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Reads the whole log, in order, with one binary COPY, without creating objects: the maximum rate at which the server
 * sends events to a client.
 */
final class PostgresCopyOut implements Dump {
    private static final int SIGNATURE = 11;
    private static final int HEADER = SIGNATURE + 8;
    private static final int VERSION = 2;
    private static final int DATA = 6;

    private final Connection connection;
    private final CopyManager copies;
    private final String copy;

    PostgresCopyOut(PostgresDatabase database, String namespace) throws SQLException {
        connection = database.connect();
        copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copy = "COPY (SELECT " + JdbcReader.COLUMNS + " FROM " + namespace + ".events e JOIN " + namespace
                + ".streams s ON s.stream_key = e.stream_key ORDER BY e.position) TO STDOUT (FORMAT binary)";
    }

    @Override
    public Tally read() throws SQLException {
        CopyOut running = copies.copyOut(copy);
        Tally.Counter counter = new Tally.Counter();
        byte[] row = running.readFromCopy();
        int start = HEADER;
        while (row != null) {
            count(ByteBuffer.wrap(row, start, row.length - start), counter);
            start = 0;
            row = running.readFromCopy();
        }
        return counter.tally();
    }

    /** The server sends a message for each row; the header is sent with the first one. */
    private static void count(ByteBuffer row, Counter counter) {
        short columns = row.getShort();
        if (columns < 0) {
            return;
        }
        row.getInt();
        long position = row.getLong();
        long version = 0;
        int bytes = 0;
        for (int column = 1; column < columns; column++) {
            int length = row.getInt();
            if (column == VERSION) {
                version = row.getLong(row.position());
            } else if (column == DATA) {
                bytes = length;
            }
            row.position(row.position() + Math.max(0, length));
        }
        counter.add(version, position, bytes);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
