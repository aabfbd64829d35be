package io.headwater.sqlite;

import java.sql.SQLException;

/**
 * Carries SQLite's failure through code that cannot throw it, within a write transaction. Not an {@link
 * io.headwater.EventStoreException}, which is a refusal after which the transaction goes on: after this one it must end, for
 * SQLite may have undone it already.
 */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    private SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }

    static <T> T carrying(SqliteErrors.Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
