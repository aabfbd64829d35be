package io.headwater.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows into a table in the binary format of COPY
 * (https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT). A row begins with the number of its
 * columns; their values follow in order. Not thread-safe.
 */
final class CopiedRows {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int NULL = -1;
    private static final short END = -1;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private CopiedRows(CopyIn copy) {
        this.copy = copy;
    }

    /** Writes rows. */
    interface Writer {
        void write(CopiedRows rows) throws SQLException;
    }

    /** Leaves the connection usable after a failure, if it still exists. */
    static void write(CopyIn copy, Writer writer) throws SQLException {
        try {
            CopiedRows rows = new CopiedRows(copy);
            rows.begin();
            writer.write(rows);
            rows.end();
        } catch (SQLException | RuntimeException | Error e) {
            cancel(copy, e);
            throw e;
        }
    }

    private static void cancel(CopyIn copy, Throwable reason) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private void begin() {
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    private void end() throws SQLException {
        room(Short.BYTES).putShort(END);
        flush();
        copy.endCopy();
    }

    void row(int columns) throws SQLException {
        room(Short.BYTES).putShort((short) columns);
    }

    void put(long value) throws SQLException {
        value(Long.BYTES).putLong(value);
    }

    void put(short value) throws SQLException {
        value(Short.BYTES).putShort(value);
    }

    void put(boolean value) throws SQLException {
        value(Byte.BYTES).put((byte) (value ? 1 : 0));
    }

    void put(UUID value) throws SQLException {
        value(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    void put(@Nullable String value) throws SQLException {
        put(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    void put(byte @Nullable [] value) throws SQLException {
        if (value == null) {
            putNull();
            return;
        }
        room(Integer.BYTES).putInt(value.length);
        if (value.length > buffer.capacity()) {
            flush();
            copy.writeToCopy(value, 0, value.length);
        } else {
            room(value.length).put(value);
        }
    }

    void putNull() throws SQLException {
        room(Integer.BYTES).putInt(NULL);
    }

    private ByteBuffer value(int bytes) throws SQLException {
        return room(Integer.BYTES + bytes).putInt(bytes);
    }

    private ByteBuffer room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
