package io.headwater.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Writes each batch with one binary COPY. */
final class PostgresCopyIn implements PostgresAppends.Rows {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CATEGORY = "account".getBytes(StandardCharsets.UTF_8);
    private static final int COLUMNS = 12;

    private final CopyManager copies;
    private final String copy;

    PostgresCopyIn(Connection connection, String namespace) throws SQLException {
        copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copy = "COPY " + namespace
                + ".events (position, stream_key, version, recorded_at, event_id, content, begins, ends,"
                + " category, type, data, metadata) FROM STDIN (FORMAT binary)";
    }

    @Override
    public void insert(long stream, long afterVersion, long afterPosition, List<SampleEvent> events)
            throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            out.writeLong(0); // No flags, no extension.
            long now = System.currentTimeMillis() * 1000;
            for (int i = 0; i < events.size(); i++) {
                out.writeShort(COLUMNS);
                number(out, afterPosition + i + 1);
                number(out, stream);
                number(out, afterVersion + i + 1);
                number(out, now);
                rest(out, events.get(i), i == 0, i == events.size() - 1);
            }
            out.writeShort(-1);
        }
        CopyIn running = copies.copyIn(copy);
        running.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        running.endCopy();
    }

    private static void number(DataOutputStream out, long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private static void rest(DataOutputStream out, SampleEvent event, boolean begins, boolean ends) throws IOException {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(event.id().getMostSignificantBits());
        out.writeLong(event.id().getLeastSignificantBits());
        out.writeInt(Short.BYTES);
        out.writeShort(0);
        out.writeInt(1);
        out.writeBoolean(begins);
        out.writeInt(1);
        out.writeBoolean(ends);
        bytes(out, CATEGORY);
        bytes(out, event.type().getBytes(StandardCharsets.UTF_8));
        bytes(out, event.data());
        bytes(out, event.encodedMetadata());
    }

    private static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
