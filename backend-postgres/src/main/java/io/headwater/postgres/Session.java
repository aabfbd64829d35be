package io.headwater.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A connection for the time of a call, and the statements on it. Used by one thread at a time. */
final class Session {
    private final Connection connection;
    private final Namespace namespace;
    private final RunningCalls.Call call;

    Session(Connection connection, Namespace namespace, RunningCalls.Call call) {
        this.connection = connection;
        this.namespace = namespace;
        this.call = call;
    }

    /** Makes a value of a row. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Reads a row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Work on a session. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Array parameters of these types for the list of an {@code unnest}. The subqueries hide their lengths from the planner. For
     * arrays shorter than the ten elements that it assumes otherwise, it would make a new plan for every execution, which takes
     * longer than the execution itself.
     */
    static String arrays(String... types) {
        return Stream.of(types).map("(SELECT ?::%s[])"::formatted).collect(Collectors.joining(", "));
    }

    /** A parameter of this many texts, numbers, bytes or ids: the type is that of the elements. */
    Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    /** The statement of this text, with these parameters bound; the driver keeps what it has prepared. */
    private PreparedStatement statement(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(namespace.sql(sql));
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        call.runs(statement);
        return statement;
    }

    void execute(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(sql, parameters)) {
            statement.execute();
        }
    }

    /** Any number of statements, which are not kept as prepared ones. */
    void script(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            call.runs(statement);
            statement.execute(namespace.replaced(statements));
        }
    }

    /** Returns the number of rows changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Writes any number of rows by a COPY FROM STDIN in binary format. */
    void copy(String sql, CopiedRows.Writer rows) throws SQLException {
        PGConnection server = connection.unwrap(PGConnection.class);
        call.runs(server::cancelQuery);
        try {
            CopiedRows.write(server.getCopyAPI().copyIn(namespace.sql(sql)), rows);
        } finally {
            call.runs(() -> {});
        }
    }

    <T> List<T> list(RowMapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(row -> rows.add(mapper.map(row)), sql, parameters);
        return rows;
    }

    void each(RowReader reader, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(sql, parameters);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                reader.read(found);
            }
        }
    }

    <T> Optional<T> first(RowMapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(sql, parameters);
                ResultSet found = statement.executeQuery()) {
            return found.next() ? Optional.of(mapper.map(found)) : Optional.empty();
        }
    }

    /** What a query that always has a row gives. */
    <T> T only(RowMapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        return first(mapper, sql, parameters).orElseThrow();
    }
}
