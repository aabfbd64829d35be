package io.headwater.benchmarks;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The statements of an append, prepared on one connection. Used by one thread at a time. */
final class SqliteStatements {
    private static final String INSERT =
            "INSERT INTO events (stream_key, version, category_key, recorded_at, event_id, type, content, data,"
                    + " metadata, begins, ends) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)";

    private final PreparedStatement create;
    private final PreparedStatement move;
    private final PreparedStatement insert;

    SqliteStatements(SqliteConnection connection) throws SQLException {
        connection
                .prepare("INSERT OR IGNORE INTO categories (name) VALUES ('account')")
                .execute();
        create = connection.prepare("INSERT INTO streams (name, category_key, version, first)"
                + " VALUES (?, (SELECT category_key FROM categories WHERE name = 'account'), ?, 1)"
                + " RETURNING stream_key, category_key");
        move = connection.prepare(
                "UPDATE streams SET version = ? WHERE name = ? AND version = ? RETURNING stream_key, category_key");
        insert = connection.prepare(INSERT);
    }

    /** The keys of a stream. */
    record Owner(long stream, long category) {}

    /** Creates a stream at this version. */
    Owner create(String stream, long version) throws SQLException {
        create.setString(1, stream);
        create.setLong(2, version);
        return owner(create);
    }

    /** Checks and updates a stream's version, in one statement. */
    Owner move(String stream, long expected, long version) throws SQLException {
        move.setLong(1, version);
        move.setString(2, stream);
        move.setLong(3, expected);
        return owner(move);
    }

    private static Owner owner(PreparedStatement statement) throws SQLException {
        try (ResultSet keys = statement.executeQuery()) {
            if (!keys.next()) {
                throw new IllegalStateException("the stream is not at the expected version");
            }
            return new Owner(keys.getLong(1), keys.getLong(2));
        }
    }

    void insert(Owner owner, long afterVersion, List<SampleEvent> events) throws SQLException {
        long now = System.currentTimeMillis() * 1000;
        long version = afterVersion;
        for (SampleEvent event : events) {
            version++;
            insert.setLong(1, owner.stream());
            insert.setLong(2, version);
            insert.setLong(3, owner.category());
            insert.setLong(4, now);
            insert.setBytes(5, bytes(event.id()));
            insert.setString(6, event.type());
            insert.setBytes(7, event.data());
            insert.setBytes(8, event.encodedMetadata());
            insert.setBoolean(9, version == afterVersion + 1);
            insert.setBoolean(10, version == afterVersion + events.size());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
