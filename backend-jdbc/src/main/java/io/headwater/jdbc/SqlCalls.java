package io.headwater.jdbc;

import java.sql.SQLException;

/**
 * Runs calls of the database, and throws their failures as the backend translates them. Blocks; thread-safe.
 *
 * @param <S> the backend's sessions
 */
public interface SqlCalls<S extends SqlSession> {

    /** What a call does. It MAY be run again if the database undid it. */
    @FunctionalInterface
    interface Work<S, T> {
        /** Runs statements on this session only. */
        T run(S session) throws SQLException;
    }

    /** Runs queries. */
    <T> T read(Work<S, T> work);

    /** Runs one statement, which is durable when this method returns. */
    <T> T write(Work<S, T> work);

    /** Runs several statements in a transaction, which is durable when this method returns. */
    <T> T transaction(Work<S, T> work);
}
