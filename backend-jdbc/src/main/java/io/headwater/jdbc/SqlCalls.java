package io.headwater.jdbc;

import java.sql.SQLException;

/** Calls of the database, whose failures are thrown as the backend translates them. Blocks; thread-safe. */
public interface SqlCalls {

    /** What a call does. May be run again if the database undid it. */
    @FunctionalInterface
    interface Work<T> {
        /** Runs statements on this session only. */
        T run(SqlSession session) throws SQLException;
    }

    /** Runs queries. */
    <T> T read(Work<T> work);

    /** Runs one statement, which is durable when this returns. */
    <T> T write(Work<T> work);

    /** Runs several statements, all or none of which take effect. */
    <T> T transaction(Work<T> work);
}
