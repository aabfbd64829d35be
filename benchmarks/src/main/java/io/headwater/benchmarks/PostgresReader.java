package io.headwater.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;

/** The baseline for reads from PostgreSQL. */
final class PostgresReader {
    private PostgresReader() {}

    static Reader open(PostgresDatabase database, String namespace) throws SQLException {
        Connection connection = database.connect();
        String events = namespace + ".events";
        String named = " e JOIN " + namespace + ".streams s ON s.stream_key = e.stream_key ";
        String page = "SELECT " + JdbcReader.COLUMNS + " FROM (SELECT * FROM " + events
                + " WHERE %sposition > ? ORDER BY position LIMIT ?)" + named + "ORDER BY e.position";
        return new JdbcReader(
                connection.prepareStatement("SELECT " + JdbcReader.COLUMNS + " FROM " + events + named
                        + "WHERE s.name = ? AND e.version >= s.first ORDER BY e.version"),
                connection.prepareStatement(page.formatted("")),
                connection.prepareStatement(page.formatted("category = ? AND ")),
                () -> close(connection));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the raw connection cannot be closed", e);
        }
    }
}
