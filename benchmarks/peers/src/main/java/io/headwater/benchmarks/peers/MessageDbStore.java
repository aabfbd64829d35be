package io.headwater.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.benchmarks.Appender;
import io.headwater.benchmarks.PeerStore;
import io.headwater.benchmarks.SampleEvent;
import io.headwater.benchmarks.Tally;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Calls the functions of message-db. */
record MessageDbStore(HikariDataSource pool, IntFunction<String> names) implements PeerStore {
    static final int PAGE = 1000;

    private static final String WRITE_ONE = "SELECT write_message(?, ?, ?, ?::jsonb, ?::jsonb, ?)";

    /** Does the same as a loop of calls in a transaction, in one round trip. */
    private static final String WRITE_SEVERAL =
            "SELECT write_message(e.id, ?, e.type, e.data::jsonb, e.metadata::jsonb, ? + e.number)"
                    + " FROM unnest(?::varchar[], ?::varchar[], ?::text[], ?::text[])"
                    + " WITH ORDINALITY AS e (id, type, data, metadata, number)";

    /** A message as a client of message-db has it. */
    private record Message(
            String id,
            String stream,
            String type,
            long position,
            long globalPosition,
            String data,
            String metadata,
            Object time) {}

    @Override
    public Appender writer(int stream) {
        return new Writer(pool, names.apply(stream));
    }

    private static final class Writer implements Appender {
        private final HikariDataSource pool;
        private final String stream;
        private long version = -1;

        Writer(HikariDataSource pool, String stream) {
            this.pool = pool;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) throws SQLException {
            try (Connection connection = pool.getConnection()) {
                if (events.size() == 1) {
                    one(connection, events.get(0));
                } else {
                    several(connection, events);
                }
            }
            version += events.size();
        }

        private void one(Connection connection, SampleEvent event) throws SQLException {
            try (PreparedStatement write = connection.prepareStatement(WRITE_ONE)) {
                write.setString(1, event.id().toString());
                write.setString(2, stream);
                write.setString(3, event.type());
                write.setString(4, text(event.data()));
                write.setString(5, text(event.encodedMetadata()));
                write.setLong(6, version);
                write.executeQuery();
            }
        }

        private void several(Connection connection, List<SampleEvent> events) throws SQLException {
            try (PreparedStatement write = connection.prepareStatement(WRITE_SEVERAL)) {
                write.setString(1, stream);
                write.setLong(2, version - 1);
                write.setArray(3, array(connection, events, event -> event.id().toString()));
                write.setArray(4, array(connection, events, SampleEvent::type));
                write.setArray(5, array(connection, events, event -> text(event.data())));
                write.setArray(6, array(connection, events, event -> text(event.encodedMetadata())));
                write.executeQuery();
            }
        }

        private static java.sql.Array array(
                Connection connection, List<SampleEvent> events, Function<SampleEvent, String> value)
                throws SQLException {
            return connection.createArrayOf("text", events.stream().map(value).toArray());
        }

        private static String text(byte[] json) {
            return new String(json, StandardCharsets.UTF_8);
        }
    }

    @Override
    public Tally stream(int stream) throws SQLException {
        Tally.Counter counter = new Tally.Counter();
        long next = 0;
        List<Message> page;
        do {
            page = page("SELECT * FROM get_stream_messages(?, ?, ?)", names.apply(stream), next);
            page.forEach(message -> count(counter, message));
            next += PAGE;
        } while (page.size() == PAGE);
        return counter.tally();
    }

    @Override
    public Tally log() throws SQLException {
        Tally.Counter counter = new Tally.Counter();
        String category = names.apply(0).split("-", 2)[0];
        long next = 1;
        List<Message> page;
        do {
            page = page("SELECT * FROM get_category_messages(?, ?, ?)", category, next);
            page.forEach(message -> count(counter, message));
            next = page.isEmpty() ? next : page.get(page.size() - 1).globalPosition() + 1;
        } while (page.size() == PAGE);
        return counter.tally();
    }

    private static void count(Tally.Counter counter, Message message) {
        counter.add(
                message.position() + 1, message.globalPosition(), message.data().length());
    }

    private List<Message> page(String sql, String name, long from) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement read = connection.prepareStatement(sql)) {
            read.setString(1, name);
            read.setLong(2, from);
            read.setLong(3, PAGE);
            List<Message> messages = new ArrayList<>();
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    messages.add(message(rows));
                }
            }
            return messages;
        }
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8));
    }

    @Override
    public void close() {
        pool.close();
    }
}
